"""The languages of the image `heavy`: large toolchains, and those that stand on the Java of the image `main`."""

from __future__ import annotations

import re

from sandbox import naming
from sandbox.checks import CHECK_CLOJURE
from sandbox.language import MIB, SYNTAX_ONLY_KIB, Language

_SCRATCH = "/tmp/scratch"  # noqa: S108  # inside the box, emptied before the program runs
_JVM = ("/usr/bin/java", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto")
_QUICK_JVM = (*_JVM, "-XX:TieredStopAtLevel=1", "-Xss16m", "-Xmx{memory_mib}m")
_RUNNING_JVM = (*_JVM, "-Xss256m", "-Xmx{memory_mib}m", "-Dfile.encoding=UTF-8")
_JVM_FLOOR_KIB = 192 * MIB
_JVM_OUT_OF_MEMORY = b"java.lang.OutOfMemoryError"
_KOTLIN = ":".join(f"/opt/kotlin/lib/kotlin-{part}.jar" for part in ("compiler", "stdlib", "reflect", "script-runtime"))
_SCALA = ":".join(f"/usr/share/java/scala-{part}.jar" for part in ("compiler", "library", "reflect"))
_CLOJURE = ("-XX:SharedArchiveFile=/opt/clojure.jsa", "-Dclojure.main.report=stderr", "-cp", "/usr/share/java/clojure-1.11.jar")
_OCTAVE_DEEP = "max_stack_depth(1000000); max_recursion_depth(1000000);"  # else it stops at 1024 and 256 calls

HEAVY = (
    Language(
        id="haskell",
        name="Haskell",
        version="GHC 9.0",
        extensions=(".hs",),
        source_name="main.hs",
        image="heavy",
        compile=("/usr/bin/ghc", "-v0", "-O2", "-outputdir", _SCRATCH, "-i/box/source", "-o", "main", "{main}"),
        run=("/box/program/main",),
        editor_mode="haskell",
        reference='main :: IO ()\nmain = interact $ \\s -> show (sum (map read (words s) :: [Integer])) ++ "\\n"\n',
        entry=re.compile(r"^main\s*(::|=)", re.MULTILINE),
    ),
    Language(
        id="kotlin",
        name="Kotlin",
        version="2.3",
        extensions=(".kt",),
        source_name="main.kt",
        image="heavy",
        compile=(
            *(*_QUICK_JVM, "-XX:SharedArchiveFile=/opt/kotlin/compiler.jsa", "-Dkotlin.colors.enabled=false", "-cp", _KOTLIN),
            *("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-kotlin-home", "/opt/kotlin", "-language-version", "2.3"),
            *("-api-version", "2.3", "-nowarn", "-include-runtime", "-d", "main.jar", "{files}"),
        ),
        run=(*_RUNNING_JVM, "-jar", "/box/program/main.jar"),
        editor_mode="kotlin",
        reference='fun main() {\n    val (a, b) = readln().split(" ").map { it.toLong() }\n    println(a + b)\n}\n',
        memory_floor_kib=_JVM_FLOOR_KIB,
        out_of_memory=_JVM_OUT_OF_MEMORY,
        entry=re.compile(r"\bfun\s+main\s*\("),
    ),
    Language(
        id="scala",
        name="Scala",
        version="2.11",
        extensions=(".scala",),
        source_name="Main.scala",
        image="heavy",
        compile=(
            *(*_QUICK_JVM, "-Dscala.usejavacp=true", "-cp", _SCALA, "scala.tools.nsc.Main"),
            *("-nowarn", "-encoding", "UTF-8", "-d", ".", "{files}"),
        ),
        run=(*_RUNNING_JVM, "-cp", "/box/program:/usr/share/java/scala-library.jar", "{name}"),
        editor_mode="scala",
        reference=(
            "object Main {\n  def main(args: Array[String]): Unit = {\n"
            '    println(scala.io.StdIn.readLine().split(" ").map(_.toLong).sum)\n  }\n}\n'
        ),
        memory_floor_kib=_JVM_FLOOR_KIB,
        out_of_memory=_JVM_OUT_OF_MEMORY,
        entry=re.compile(r"\bdef\s+main\s*\(|\bextends\s+App\b"),
        declares=naming.scala,
    ),
    Language(
        id="clojure",
        name="Clojure",
        version="1.11",
        extensions=(".clj",),
        source_name="main.clj",
        image="heavy",
        compile=(*_QUICK_JVM, *_CLOJURE, "clojure.main", "-e", CHECK_CLOJURE),
        run=(*_RUNNING_JVM, *_CLOJURE, "clojure.main", "{main}"),
        editor_mode="clojure",
        reference='(println (reduce + (map parse-long (clojure.string/split (read-line) #" "))))\n',
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=_JVM_FLOOR_KIB,
        time_multiplier=1.5,
        out_of_memory=_JVM_OUT_OF_MEMORY,
    ),
    Language(
        id="octave",
        name="Octave",
        version="7.3",
        extensions=(".m",),
        source_name="main.m",
        image="heavy",
        compile=("/usr/bin/octave-cli", "-qf", "--no-history", "--eval", "__parse_file__('{main}')"),
        run=("/usr/bin/octave-cli", "-qf", "--no-history", "--eval", f"{_OCTAVE_DEEP} source('{{main}}')"),
        editor_mode="octave",
        reference="printf('%d\\n', sum(fscanf(stdin, '%d')));\n",
        environment=("OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"),
        memory_floor_kib=160 * MIB,
        time_multiplier=1.5,
        out_of_memory=b"out of memory",
    ),
)
