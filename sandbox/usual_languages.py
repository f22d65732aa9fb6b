"""The languages of the images `core` and `main`."""

from __future__ import annotations

import re

from sandbox import naming
from sandbox.checks import CHECK_PYTHON, CHECK_SQL
from sandbox.language import MIB, SYNTAX_ONLY_KIB, Language, Snapshot

_PHP_SETTINGS = ("-d", "display_errors=stderr", "-d", "log_errors=0", "-d", "html_errors=0")

_NODE = Snapshot(
    compile=("--snapshot-blob", "/opt/node/check.blob"),
    run=("--snapshot-blob", "/opt/node/{memory_mib}.blob"),
    memory_mib=(64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096),
    refused=b"Failed to load the startup snapshot",
)
# An archive that is mapped to the address it was made for need not be rewritten. Of what the virtual machine writes for itself at
# each start, the parts for AVX-512 take longer than all others together. Where even AVX2 is missing, it would warn of that on
# standard output.
_JAVA_START = (
    *("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"),
    *("-XX:UseAVX=2", "-XX:-PrintWarnings"),
)
_JAVA = Snapshot(
    compile=tuple(f"-J{word}" for word in (*_JAVA_START, "-XX:SharedArchiveFile=/opt/java/javac.jsa")),
    run=(*_JAVA_START, "-XX:SharedArchiveFile=/opt/java/java.jsa"),
)

USUAL = (
    Language(
        id="python3",
        name="Python",
        version="3.11",
        extensions=(".py", ".py3"),
        source_name="main.py",
        image="core",
        compile=("/usr/bin/python3", "-I", "-S", "-c", CHECK_PYTHON, "{files}"),
        run=("/usr/bin/python3", "{main}"),
        editor_mode="python",
        reference="a, b = map(int, input().split())\nprint(a + b)\n",
        environment=("PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8"),
        compile_memory_kib=SYNTAX_ONLY_KIB,
        entry=re.compile(r"^if __name__ ==", re.MULTILINE),
        preloads=True,
    ),
    Language(
        id="c",
        name="C",
        version="C17, GCC 12",
        extensions=(".c",),
        source_name="main.c",
        image="core",
        compile=("/usr/bin/gcc", "-std=gnu17", "-O2", "-pipe", "-static", "-o", "main", "{files}", "-lm"),
        run=("/box/program/main",),
        editor_mode="c",
        reference='#include <stdio.h>\nint main(void) { long a, b; scanf("%ld %ld", &a, &b); printf("%ld\\n", a + b); }\n',
        entry=re.compile(r"\bmain\s*\("),
    ),
    Language(
        id="cpp",
        name="C++",
        version="C++20, GCC 12",
        extensions=(".cpp", ".cc", ".cxx", ".c++", ".C"),
        source_name="main.cpp",
        image="core",
        compile=("/usr/bin/g++", "-std=gnu++20", "-O2", "-pipe", "-static", "-o", "main", "{files}"),
        run=("/box/program/main",),
        editor_mode="cpp",
        reference="#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; }\n",
        entry=re.compile(r"\bmain\s*\("),
    ),
    Language(
        id="javascript",
        name="JavaScript",
        version="Node.js 18",
        extensions=(".js", ".mjs", ".cjs"),
        source_name="main.js",
        image="main",
        compile=("/usr/bin/node", "--check", "{main}"),
        run=("/usr/bin/node", "--stack-size=65500", "--max-old-space-size={memory_mib}", "{main}"),
        editor_mode="javascript",
        reference=(
            "const [a, b] = require('fs').readFileSync(0, 'utf8').trim().split(/\\s+/).map(Number);\nconsole.log(a + b);\n"
        ),
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=96 * MIB,
        out_of_memory=b"JavaScript heap out of memory",
        snapshot=_NODE,
    ),
    Language(
        id="typescript",
        name="TypeScript",
        version="4.8, Node.js 18",
        extensions=(".ts",),
        source_name="main.ts",
        image="main",
        compile=(
            *(
                "/usr/bin/node",
                "/usr/bin/tsc",
                "--outDir",
                ".",
                "--rootDir",
                "/box/source",
                "--target",
                "es2022",
                "--module",
                "commonjs",
            ),
            *("--esModuleInterop", "--skipLibCheck", "--noEmitOnError", "--pretty", "false"),
            *("--typeRoots", "/usr/share/nodejs/@types", "--types", "node", "{files}"),
        ),
        run=("/usr/bin/node", "--stack-size=65500", "--max-old-space-size={memory_mib}", "/box/program/{name}.js"),
        editor_mode="typescript",
        reference=(
            "import * as fs from 'fs';\n"
            "const [a, b]: number[] = fs.readFileSync(0, 'utf8').trim().split(/\\s+/).map(Number);\nconsole.log(a + b);\n"
        ),
        memory_floor_kib=96 * MIB,
        out_of_memory=b"JavaScript heap out of memory",
        snapshot=_NODE,
    ),
    Language(
        id="java",
        name="Java",
        version="17",
        extensions=(".java",),
        source_name="Main.java",
        image="main",
        compile=(
            *("/usr/bin/javac", "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1", "-J-Xmx{memory_mib}m"),
            *("-encoding", "UTF-8", "-proc:none", "-nowarn", "-d", ".", "{files}"),
        ),
        run=(
            *("/usr/bin/java", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-Xss256m", "-Xmx{memory_mib}m"),
            *("-Dfile.encoding=UTF-8", "-cp", "/box/program", "{name}"),
        ),
        editor_mode="java",
        reference=(
            "import java.util.Scanner;\n\npublic class Main {\n    public static void main(String[] args) {\n"
            "        Scanner in = new Scanner(System.in);\n        System.out.println(in.nextLong() + in.nextLong());\n"
            "    }\n}\n"
        ),
        memory_floor_kib=160 * MIB,
        out_of_memory=b"java.lang.OutOfMemoryError",
        entry=re.compile(r"\bstatic\b[^;{}()]*\bvoid\s+main\s*\("),
        declares=naming.java,
        snapshot=_JAVA,
    ),
    Language(
        id="csharp",
        name="C#",
        version="7, Mono 6.8",
        extensions=(".cs",),
        source_name="Main.cs",
        image="main",
        compile=("/usr/bin/mcs", "-optimize+", "-nologo", "-out:main.exe", "-r:System.Numerics.dll", "{files}"),
        run=("/usr/bin/mono", "/box/program/main.exe"),
        editor_mode="csharp",
        reference=(
            "using System;\n\nclass Program\n{\n    static void Main()\n    {\n"
            "        var parts = Console.ReadLine().Split(' ');\n"
            "        Console.WriteLine(long.Parse(parts[0]) + long.Parse(parts[1]));\n    }\n}\n"
        ),
        memory_floor_kib=32 * MIB,
        out_of_memory=b"System.OutOfMemoryException",
    ),
    Language(
        id="go",
        name="Go",
        version="1.19",
        extensions=(".go",),
        source_name="main.go",
        image="main",
        compile=("/usr/bin/go", "build", "-o", "main", "{files}"),
        run=("/box/program/main",),
        editor_mode="go",
        reference=(
            'package main\n\nimport "fmt"\n\nfunc main() {\n\tvar a, b int\n\tfmt.Scan(&a, &b)\n\tfmt.Println(a + b)\n}\n'
        ),
        environment=("GOCACHE=/tmp/go-cache", "GOPATH=/tmp/go", "GO111MODULE=off", "CGO_ENABLED=0"),
        memory_floor_kib=16 * MIB,
    ),
    Language(
        id="rust",
        name="Rust",
        version="1.63",
        extensions=(".rs",),
        source_name="main.rs",
        image="main",
        compile=("/usr/bin/rustc", "--edition", "2021", "-C", "opt-level=2", "-o", "main", "{main}"),
        run=("/box/program/main",),
        editor_mode="rust",
        reference=(
            "use std::io;\n\nfn main() {\n    let mut line = String::new();\n    io::stdin().read_line(&mut line).unwrap();\n"
            "    let sum: i64 = line.split_whitespace().map(|x| x.parse::<i64>().unwrap()).sum();\n"
            '    println!("{}", sum);\n}\n'
        ),
    ),
    Language(
        id="ruby",
        name="Ruby",
        version="3.1",
        extensions=(".rb",),
        source_name="main.rb",
        image="main",
        compile=("/usr/bin/ruby", "-c", "{main}"),
        run=("/usr/bin/ruby", "{main}"),
        editor_mode="ruby",
        reference="puts gets.split.map(&:to_i).sum\n",
        environment=("RUBY_THREAD_VM_STACK_SIZE=67108864",),
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=16 * MIB,
    ),
    Language(
        id="php",
        name="PHP",
        version="8.2",
        extensions=(".php",),
        source_name="main.php",
        image="main",
        compile=("/usr/bin/php", *_PHP_SETTINGS, "-l", "{main}"),
        run=("/usr/bin/php", *_PHP_SETTINGS, "-d", "memory_limit={memory_mib}M", "{main}"),
        editor_mode="php",
        reference="<?php\n[$a, $b] = explode(' ', trim(fgets(STDIN)));\necho $a + $b, PHP_EOL;\n",
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=32 * MIB,
        out_of_memory=b"Allowed memory size of",
    ),
    Language(
        id="bash",
        name="Bash",
        version="5.2",
        extensions=(".sh", ".bash"),
        source_name="main.sh",
        image="core",
        compile=("/bin/bash", "-n", "{main}"),
        run=("/bin/bash", "{main}"),
        editor_mode="shell",
        reference="read -r a b\necho $((a + b))\n",
        compile_memory_kib=SYNTAX_ONLY_KIB,
    ),
    Language(
        id="sql",
        name="SQL",
        version="SQLite 3.40",
        extensions=(".sql",),
        source_name="main.sql",
        image="core",
        compile=("/usr/bin/python3", "-I", "-S", "-c", CHECK_SQL, "{files}"),
        run=("/usr/bin/sqlite3", "-batch", "-bail", ":memory:", ".read /dev/stdin", ".read {main}"),
        editor_mode="sql",
        reference="SELECT a + b FROM numbers;\n",
        reference_input="CREATE TABLE numbers (a INTEGER, b INTEGER);\nINSERT INTO numbers VALUES ({a}, {b});\n",
        compile_memory_kib=SYNTAX_ONLY_KIB,
    ),
)
