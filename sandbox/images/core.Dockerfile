# The smallest set of languages: C and C++ (whose compiler also builds the supervisor), Python, Bash and SQL.
ARG BASE
FROM ${BASE} AS packages
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends gcc g++ libc6-dev python3 sqlite3 bash \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*

# Above the packages, so that a change of the supervisor rebuilds seconds and not minutes.
FROM packages
COPY supervisor /usr/src/supervisor
RUN gcc -std=gnu11 -D_GNU_SOURCE -O2 -static -s -Wall -Wextra -Wno-sign-compare -o /usr/local/bin/supervisor /usr/src/supervisor/*.c \
 && rm -rf /usr/src/supervisor /root/* \
 && find / -xdev -perm /6000 -type f -exec chmod a-s {} + \
 && mkdir -p /box
ENTRYPOINT ["/usr/local/bin/supervisor"]
