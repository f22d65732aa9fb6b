# The smallest set of languages: C and C++ (whose compiler also builds the supervisor), Python, Bash and SQL.
ARG BASE
FROM ${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends gcc g++ libc6-dev python3 sqlite3 bash \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
