# The languages most assessments ask for, on top of the core: JavaScript, TypeScript, Java, C#, Go, Rust, Ruby, PHP.
ARG BASE
FROM ${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      nodejs node-typescript default-jdk-headless golang-go rustc ruby php-cli php-mbstring \
      mono-mcs mono-runtime libmono-system-core4.0-cil libmono-system-numerics4.0-cil \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /usr/share/doc /usr/share/man
