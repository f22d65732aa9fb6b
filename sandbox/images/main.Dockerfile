# The languages most assessments ask for, on top of the core: JavaScript, TypeScript, Java, C#, Go, Rust, Ruby, PHP.
ARG BASE
FROM ${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      nodejs node-typescript default-jdk-headless golang-go rustc ruby php-cli php-mbstring \
      mono-mcs mono-runtime libmono-system-core4.0-cil libmono-system-numerics4.0-cil \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /usr/share/doc /usr/share/man

# Node.js after its own start: half the time of a small program. One snapshot for each usual memory limit, because it is checked by
# the options of the engine; the limits and options are those of the table of languages. Made in the folder where the program will be
# started, which a snapshot remembers.
RUN mkdir -p /opt/node /box/build /box/work && touch /opt/node/empty.js \
 && cd /box/build && node --snapshot-blob /opt/node/check.blob --build-snapshot /opt/node/empty.js \
 && cd /box/work && for mib in 64 128 192 256 384 512 768 1024 1536 2048 4096; do \
      node --snapshot-blob /opt/node/$mib.blob --stack-size=65500 --max-old-space-size=$mib --build-snapshot /opt/node/empty.js || exit; done \
 && rm -r /box /opt/node/empty.js

# The classes that programs usually load, and those of the compiler, in archives that the virtual machine maps as they are.
COPY files/Usual.java /opt/java/
RUN cd /opt/java && options="-XX:+UseSerialGC -Xss256m -Dfile.encoding=UTF-8" known=$(dirname $(dirname $(readlink -f /usr/bin/java)))/lib/classlist \
 && javac -J-Xshare:off -J-XX:DumpLoadedClassList=javac.list Usual.java \
 && echo '1 2 3 a 5' | java $options -Xshare:off -XX:DumpLoadedClassList=java.list -cp . Usual >usual.out 2>&1 \
 && for name in java javac; do (cat $known; grep -v Usual $name.list | grep -vxFf $known) >all.list \
    && java -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile=all.list -XX:SharedArchiveFile=/opt/java/$name.jsa || exit; done \
 && rm -f *.list *.class *.out
