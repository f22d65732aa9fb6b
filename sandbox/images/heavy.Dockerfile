# On top of `main`: large toolchains. Haskell, Kotlin, Scala, Clojure, Octave.
ARG BASE
FROM ${BASE}
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ghc libghc-vector-dev libghc-text-dev libghc-unordered-containers-dev clojure scala octave crystal libpcre2-dev libevent-dev libgc-dev \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /usr/share/doc /usr/share/man

# Kotlin's compiler, and archives of the classes that it and Clojure load: half their time to start.
COPY wheels/run_kotlin_kernel/jars /opt/kotlin/lib
RUN cd /opt/kotlin/lib \
 && for jar in kotlin-stdlib kotlin-reflect kotlin-script-runtime; do mv $jar-*.jar $jar.jar; done \
 && mv kotlin-jupyter-kernel-*-all.jar kotlin-compiler.jar \
 && echo 'fun main() { println(readln().split(" ").map { it.toLong() }.sum()) }' >/tmp/a.kt \
 && java -XX:ArchiveClassesAtExit=/opt/kotlin/compiler.jsa -XX:+UseSerialGC -cp /opt/kotlin/lib/kotlin-compiler.jar:/opt/kotlin/lib/kotlin-stdlib.jar:/opt/kotlin/lib/kotlin-reflect.jar:/opt/kotlin/lib/kotlin-script-runtime.jar \
      org.jetbrains.kotlin.cli.jvm.K2JVMCompiler \
      -kotlin-home /opt/kotlin -include-runtime -d /tmp/a.jar /tmp/a.kt \
 && java -XX:ArchiveClassesAtExit=/opt/clojure.jsa -XX:+UseSerialGC -cp /usr/share/java/clojure-1.11.jar clojure.main -e '(println 1)' \
 && rm -rf /tmp/a.*
