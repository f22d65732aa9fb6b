"""How a program can end, in every language: it spins, takes all memory, never stops printing, crashes, does not compile."""

from __future__ import annotations

from sandbox.languages import LANGUAGES
from sandbox.probes import DIED, FINISHED, STOPPED, Probe, limits
from sandbox.probes.more_endings import MORE_UNLUCKY
from sandbox.probes.unlucky import Unlucky
from sandbox.spec import Ending

UNLUCKY: dict[str, Unlucky] = {
    "python3": Unlucky(
        spins="while True: pass\n",
        hogs="a = []\nwhile True: a.append(bytearray(1 << 20))\n",
        floods="while True: print('x' * 1000)\n",
        crashes="print(1 // 0)\n",
        broken="def f(:\n",
    ),
    "c": Unlucky(
        spins="int main(void) { volatile unsigned long i = 0; for (;;) i++; }\n",
        hogs="#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }\n",
        floods='#include <stdio.h>\nint main(void) { for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); }\n',
        crashes="int main(void) { volatile int *p = 0; return *p; }\n",
        broken="int main(void) { return x; }\n",
    ),
    "cpp": Unlucky(
        spins="int main() { volatile unsigned long i = 0; for (;;) i = i + 1; }\n",
        hogs="#include <vector>\nint main() { std::vector<std::vector<char>> a; for (;;) a.emplace_back(1 << 20, 'x'); }\n",
        floods='#include <iostream>\nint main() { for (;;) std::cout << "xxxxxxxxxxxxxxxxxxxxxxxxxxxx\\n"; }\n',
        crashes='#include <stdexcept>\nint main() { throw std::runtime_error("no"); }\n',
        broken="int main() { std::cout << 1; }\n",
    ),
    "javascript": Unlucky(
        spins="for (;;);\n",
        hogs="const a = []; for (;;) a.push(new Array(100000).fill(a.length));\n",
        floods="const line = 'x'.repeat(1000) + '\\n'; for (;;) require('fs').writeSync(1, line);\n",
        crashes="null.x;\n",
        broken="const = 1;\n",
    ),
    "typescript": Unlucky(
        spins="for (;;);\n",
        hogs="const a: number[][] = []; for (;;) a.push(new Array(100000).fill(a.length));\n",
        floods="import * as fs from 'fs';\nconst line = 'x'.repeat(1000) + '\\n'; for (;;) fs.writeSync(1, line);\n",
        crashes="throw new Error('no');\n",
        broken="const a: number = 'text';\n",
    ),
    "java": Unlucky(
        spins="class A { public static void main(String[] a) { for (;;); } }\n",
        hogs=(
            "import java.util.*; public class Hog { public static void main(String[] a) "
            "{ List<long[]> l = new ArrayList<>(); for (;;) l.add(new long[100000]); } }\n"
        ),
        floods='class A { public static void main(String[] a) { for (;;) System.out.println("xxxxxxxxxxxxxxxx"); } }\n',
        crashes="class A { public static void main(String[] a) { System.out.println(a[0]); } }\n",
        broken='class A { public static void main(String[] a) { int x = "text"; } }\n',
    ),
    "csharp": Unlucky(
        spins="class A { static void Main() { for (;;); } }\n",
        hogs=(
            "using System.Collections.Generic; class A { static void Main() "
            "{ var l = new List<long[]>(); for (;;) { var b = new long[100000]; for (int i = 0; i < b.Length; i++) b[i] = i; l.Add(b); } } }\n"
        ),
        floods='class A { static void Main() { for (;;) System.Console.WriteLine("xxxxxxxxxxxxxxxxxxxxxxxx"); } }\n',
        crashes="class A { static void Main() { string s = null; System.Console.WriteLine(s.Length); } }\n",
        broken='class A { static void Main() { int x = "text"; } }\n',
    ),
    "go": Unlucky(
        spins="package main\n\nfunc main() {\n\tfor {\n\t}\n}\n",
        hogs=(
            "package main\n\nfunc main() {\n\tvar all [][]byte\n\tfor {\n\t\tb := make([]byte, 1<<20)\n"
            "\t\tfor i := range b {\n\t\t\tb[i] = 1\n\t\t}\n\t\tall = append(all, b)\n\t}\n}\n"
        ),
        floods='package main\n\nimport "fmt"\n\nfunc main() {\n\tfor {\n\t\tfmt.Println("xxxxxxxxxxxxxxxxxxxxxxxxxxxx")\n\t}\n}\n',
        crashes='package main\n\nfunc main() {\n\tpanic("no")\n}\n',
        broken="package main\n\nfunc main() {\n\tx := 1\n}\n",
    ),
    "rust": Unlucky(
        spins="fn main() { loop { std::hint::spin_loop(); } }\n",
        hogs="fn main() { let mut a: Vec<Vec<u8>> = Vec::new(); loop { a.push(vec![1u8; 1 << 20]); } }\n",
        floods='fn main() { loop { println!("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); } }\n',
        crashes='fn main() { panic!("no"); }\n',
        broken='fn main() { let x: i32 = "text"; }\n',
    ),
    "ruby": Unlucky(
        spins="loop {}\n",
        hogs="a = []\nloop { a << 'x' * 1_000_000 }\n",
        floods="loop { puts 'x' * 1000 }\n",
        crashes="raise 'no'\n",
        broken="def f(\n",
    ),
    "php": Unlucky(
        spins="<?php while (true);\n",
        hogs="<?php $a = []; while (true) $a[] = str_repeat('x', 1000000);\n",
        floods="<?php while (true) echo str_repeat('x', 1000), PHP_EOL;\n",
        crashes="<?php throw new Exception('no');\n",
        broken="<?php function (\n",
    ),
    "bash": Unlucky(
        spins="while :; do :; done\n",
        hogs="a=xxxxxxxxxxxxxxxx\nwhile :; do a=$a$a; done\n",
        floods="while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done\n",
        crashes="exit 3\n",
        broken="if then fi\n",
    ),
    "sql": Unlucky(
        spins="WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c;\n",
        hogs=(
            "CREATE TABLE hog AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
            "SELECT randomblob(1000000) FROM c;\n"
        ),
        floods="WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;\n",
        crashes="SELECT * FROM missing;\n",
        broken="SELEC 1;\n",
    ),
    **MORE_UNLUCKY,
}

_GENEROUS = limits(cpu_ms=10_000, memory_kib=128 * 1024)


def reference_probe(language: str) -> Probe:
    """The language's reference program, on three inputs' worth of luck."""
    entry = LANGUAGES[language]
    stdin = entry.reference_input.format(a=40, b=2).encode()
    return Probe("answers", language, entry.reference, stdin=stdin, stdout=b"42\n", limits=limits(cpu_ms=5000))


def probes() -> list[Probe]:
    """Every language: the right answer, and each way not to give one."""
    found = [reference_probe(language) for language in LANGUAGES]
    for language, programs in UNLUCKY.items():
        memory = frozenset({Ending.MEMORY_LIMIT})
        output = frozenset({Ending.OUTPUT_LIMIT})
        found += [
            Probe("spins", language, programs.spins, STOPPED, (11,), succeeds=None),
            Probe("hogs memory", language, programs.hogs, memory, (5,), succeeds=None, limits=_GENEROUS),
            Probe("floods", language, programs.floods, output, (15,), succeeds=None, limits=_GENEROUS),
            Probe("crashes", language, programs.crashes, DIED, succeeds=False, limits=limits(cpu_ms=5000)),
            Probe("does not compile", language, programs.broken, FINISHED, compiles=False),
        ]
    return found
