"""Programs with the mistakes that people make, by language: what is wrong, and in which line (none where nothing tells).

The input is the text `two 2` on one line; a fault at run time needs no more of it. `!` marks the line that is named and is removed.
"""

# ruff: noqa: E501
from __future__ import annotations

from assessor.results.fault_kinds import Fault

INPUT = "two 2\n"
SQL_INPUT = "CREATE TABLE numbers (n INTEGER);\n"

_PYTHON = {
    Fault.UNDEFINED_NAME: "total = 1\n!print(totl)\n",
    Fault.MISSING_BRACKET: "x = 1\n!print((x)\nprint(2)\n",
    Fault.SYNTAX: "x = 1\n!if x == 1\n    print(x)\n",
    Fault.INDENTATION: "x = 1\nif x:\n!print(x)\n",
    Fault.INDEX_OUT_OF_RANGE: "items = [1, 2]\n!print(items[2])\n",
    Fault.MISSING_KEY: "ages = {'a': 1}\n!print(ages['b'])\n",
    Fault.DIVISION_BY_ZERO: "n = 0\n!print(1 // n)\n",
    Fault.TEXT_AS_NUMBER: "\n!print(int(input()))\n",
    Fault.MIXED_TYPES: "n = input()\n!print(n + 1)\n",
    Fault.NO_VALUE: "n = [2, 1].sort()\n!print(n[0])\n",
    Fault.MISSING_MEMBER: "n = [2, 1]\n!n.push(3)\n",
    Fault.WRONG_ARGUMENTS: "def f(a, b):\n    return a\n\n!print(f(1))\n",
    Fault.RECURSION_TOO_DEEP: "def f(n):\n!    return f(n + 1)\n\nf(0)\n",
    Fault.INPUT_ENDED: "input()\n!input()\n",
    Fault.MISSING_MODULE: "\n!import requests\n",
}

_C = {
    Fault.UNDEFINED_NAME: '#include <stdio.h>\nint main(void) {\n!    printf("%d", totl);\n}\n',
    Fault.MISSING_BRACKET: '#include <stdio.h>\nint main(void) {\n    if (1) {\n    puts("a");\n!}\n',
    Fault.MISSING_SEMICOLON: "#include <stdio.h>\nint main(void) {\n    int n = 1\n!    return n;\n}\n",
    Fault.DIVISION_BY_ZERO: '#include <stdio.h>\nint main(int argc, char **argv) {\n    volatile int n = argc - 1;\n    printf("%d", 10 / n);\n}\n',
    Fault.BAD_MEMORY_ACCESS: "int main(int argc, char **argv) {\n    volatile int *p = (int *)(long)(argc - 1);\n    return *p;\n}\n",
    Fault.MISSING_MODULE: "!#include <boost/nothing.h>\nint main(void) { return 0; }\n",
    Fault.NO_MAIN: "int mian(void) { return 0; }\n",
}

_CPP = {
    Fault.UNDEFINED_NAME: "#include <iostream>\nint main() {\n!    std::cout << totl;\n}\n",
    Fault.MISSING_BRACKET: "#include <iostream>\nint main() {\n    if (true) {\n    std::cout << 1;\n!}\n",
    Fault.MISSING_SEMICOLON: "#include <iostream>\nint main() {\n    int n = 1\n!    return n;\n}\n",
    Fault.DIVISION_BY_ZERO: "int main(int argc, char **argv) {\n    volatile int n = argc - 1;\n    return 10 / n;\n}\n",
    Fault.BAD_MEMORY_ACCESS: "int main(int argc, char **argv) {\n    volatile int *p = (int *)(long)(argc - 1);\n    return *p;\n}\n",
    Fault.INDEX_OUT_OF_RANGE: "#include <vector>\nint main(int argc, char **argv) {\n    std::vector<int> v(1);\n    return v.at(argc + 1);\n}\n",
    Fault.TEXT_AS_NUMBER: "#include <iostream>\n#include <string>\nint main() {\n    std::string s;\n    std::cin >> s;\n    return std::stoi(s);\n}\n",
    Fault.MIXED_TYPES: '#include <string>\nint main() {\n!    int n = std::string("1");\n    return n;\n}\n',
    Fault.MISSING_MEMBER: "#include <vector>\nint main() {\n    std::vector<int> v;\n!    v.push(1);\n}\n",
    Fault.MISSING_MODULE: "!#include <boost/nothing.hpp>\nint main() { return 0; }\n",
}

_JAVASCRIPT = {
    Fault.UNDEFINED_NAME: "const total = 1;\n!console.log(totl);\n",
    Fault.MISSING_BRACKET: "const x = 1;\n!console.log((x);\n",
    Fault.SYNTAX: "const x = 1;\n!let let = 2 3;\n",
    Fault.NO_VALUE: "const items = [];\n!console.log(items[2].length);\n",
    Fault.MISSING_MEMBER: "const items = [];\n!items.append(1);\n",
    Fault.RECURSION_TOO_DEEP: "function f(n) {\n!    return f(n + 1) + 1;\n}\nf(0);\n",
    Fault.MISSING_MODULE: "\n!require('lodash');\n",
    Fault.CONSTANT: "const n = 1;\n!n = 2;\n",
}

_TYPESCRIPT = {
    Fault.UNDEFINED_NAME: "const total = 1;\n!console.log(totl);\n",
    Fault.MISSING_BRACKET: "const x = 1;\n!console.log((x);\n",
    Fault.MIXED_TYPES: "\n!const n: number = 'one';\nconsole.log(n);\n",
    Fault.MISSING_MEMBER: "const items: number[] = [];\n!items.append(1);\n",
    Fault.WRONG_ARGUMENTS: "function f(a: number, b: number) { return a + b; }\n!console.log(f(1));\n",
    Fault.CONSTANT: "const n = 1;\n!n = 2;\n",
}

_JAVA_HEAD = "import java.util.*;\npublic class Main {\n    public static void main(String[] args) {\n"
_JAVA = {
    Fault.UNDEFINED_NAME: _JAVA_HEAD + "!        System.out.println(totl);\n    }\n}\n",
    Fault.MISSING_BRACKET: _JAVA_HEAD + "        System.out.println(1);\n!    }\n",
    Fault.MISSING_SEMICOLON: _JAVA_HEAD + "!        int n = 1\n    }\n}\n",
    Fault.INDEX_OUT_OF_RANGE: _JAVA_HEAD
    + "        int[] items = {1};\n!        System.out.println(items[args.length + 1]);\n    }\n}\n",
    Fault.DIVISION_BY_ZERO: _JAVA_HEAD + "!        System.out.println(1 / args.length);\n    }\n}\n",
    Fault.TEXT_AS_NUMBER: _JAVA_HEAD
    + "!        System.out.println(Integer.parseInt(new Scanner(System.in).next()));\n    }\n}\n",
    Fault.MIXED_TYPES: _JAVA_HEAD + '!        int n = "1";\n    }\n}\n',
    Fault.NO_VALUE: _JAVA_HEAD
    + '        String s = args.length > 0 ? "" : null;\n!        System.out.println(s.length());\n    }\n}\n',
    Fault.INPUT_ENDED: _JAVA_HEAD
    + "        Scanner in = new Scanner(System.in);\n        in.nextLine();\n!        in.nextLine();\n    }\n}\n",
    Fault.NO_MAIN: "public class Main {\n    static void start() {}\n}\n",
    Fault.UNCAUGHT: "import java.io.*;\npublic class Main {\n    public static void main(String[] args) {\n!        new BufferedReader(new InputStreamReader(System.in)).readLine();\n    }\n}\n",
    Fault.MISSING_RETURN: "public class Main {\n    static int f(int n) {\n        if (n > 0) return 1;\n!    }\n    public static void main(String[] args) { f(1); }\n}\n",
}

_CSHARP_HEAD = "using System;\nclass Program {\n    static void Main(string[] args) {\n"
_CSHARP = {
    Fault.UNDEFINED_NAME: _CSHARP_HEAD + "!        Console.WriteLine(totl);\n    }\n}\n",
    Fault.MISSING_BRACKET: _CSHARP_HEAD + "        Console.WriteLine(1);\n!    }\n",
    Fault.MISSING_SEMICOLON: _CSHARP_HEAD + "        int n = 1\n!    }\n}\n",
    Fault.INDEX_OUT_OF_RANGE: _CSHARP_HEAD
    + "        var items = new int[1];\n        Console.WriteLine(items[args.Length + 1]);\n    }\n}\n",
    Fault.DIVISION_BY_ZERO: _CSHARP_HEAD + "        Console.WriteLine(1 / args.Length);\n    }\n}\n",
    Fault.TEXT_AS_NUMBER: _CSHARP_HEAD + "        Console.WriteLine(int.Parse(Console.ReadLine()));\n    }\n}\n",
    Fault.MIXED_TYPES: _CSHARP_HEAD + '!        int n = "1";\n    }\n}\n',
    Fault.NO_VALUE: _CSHARP_HEAD
    + "        Console.ReadLine();\n        Console.WriteLine(Console.ReadLine().Length);\n    }\n}\n",
    Fault.MISSING_KEY: _CSHARP_HEAD
    + '        var ages = new System.Collections.Generic.Dictionary<string, int>();\n        Console.WriteLine(ages["a"]);\n    }\n}\n',
}

_GO_HEAD = 'package main\n\nimport "fmt"\n\nfunc main() {\n'
_GO = {
    Fault.UNDEFINED_NAME: _GO_HEAD + "!\tfmt.Println(totl)\n}\n",
    Fault.MISSING_BRACKET: _GO_HEAD + "!\tfmt.Println((1)\n}\n",
    Fault.INDEX_OUT_OF_RANGE: _GO_HEAD + "\titems := []int{1}\n\ti := len(items)\n!\tfmt.Println(items[i])\n}\n",
    Fault.DIVISION_BY_ZERO: _GO_HEAD + "\tn := len([]int{})\n!\tfmt.Println(1 / n)\n}\n",
    Fault.MIXED_TYPES: _GO_HEAD + '!\tvar n int = "1"\n\tfmt.Println(n)\n}\n',
    Fault.NO_VALUE: _GO_HEAD + "\tvar p *int\n!\tfmt.Println(*p)\n}\n",
    Fault.UNUSED: _GO_HEAD + "!\tn := 1\n\tfmt.Println(2)\n}\n",
    Fault.NO_MAIN: "package main\n\nfunc start() {}\n",
    Fault.MISSING_MODULE: 'package main\n\n!import "github.com/nobody/nothing"\n\nfunc main() { nothing.Do() }\n',
    Fault.MISSING_RETURN: "package main\n\nfunc f(n int) int {\n\tif n > 0 {\n\t\treturn 1\n\t}\n!}\n\nfunc main() { f(1) }\n",
}

_RUST = {
    Fault.UNDEFINED_NAME: 'fn main() {\n!    println!("{}", totl);\n}\n',
    Fault.MISSING_BRACKET: 'fn main() {\n!    println!("{}", (1);\n}\n',
    Fault.MISSING_SEMICOLON: 'fn main() {\n!    let n = 1\n    println!("{}", n);\n}\n',
    Fault.INDEX_OUT_OF_RANGE: 'fn main() {\n    let items = vec![1];\n!    println!("{}", items[std::env::args().count()]);\n}\n',
    Fault.DIVISION_BY_ZERO: 'fn main() {\n    let n = std::env::args().count() - 1;\n!    println!("{}", 1 / n);\n}\n',
    Fault.TEXT_AS_NUMBER: 'use std::io;\nfn main() {\n    let mut line = String::new();\n    io::stdin().read_line(&mut line).unwrap();\n!    println!("{}", line.trim().parse::<i32>().unwrap());\n}\n',
    Fault.MIXED_TYPES: 'fn main() {\n!    let n: i32 = "1";\n    println!("{}", n);\n}\n',
    Fault.NO_VALUE: 'fn main() {\n    let none: Option<usize> = std::env::args().position(|a| a == "x");\n!    println!("{}", none.unwrap());\n}\n',
    Fault.MOVED_VALUE: 'fn main() {\n    let a = String::new();\n    let b = a;\n!    println!("{}{}", a, b);\n}\n',
    Fault.CONSTANT: 'fn main() {\n    let n = 1;\n    println!("{}", n);\n!    n = 2;\n    println!("{}", n);\n}\n',
    Fault.NO_MAIN: "!fn start() {}\n",
    Fault.MISSING_MEMBER: "fn main() {\n    let mut v = vec![1];\n!    v.append_one(2);\n}\n",
}

_RUBY = {
    Fault.UNDEFINED_NAME: "total = 1\n!puts totl\n",
    Fault.MISSING_BRACKET: "x = 1\nif x\n  puts((x)\n!end\n",
    Fault.DIVISION_BY_ZERO: "n = 0\n!puts 1 / n\n",
    Fault.TEXT_AS_NUMBER: "n = gets\n!puts Integer(n)\n",
    Fault.MIXED_TYPES: "n = gets\n!puts n + 1\n",
    Fault.NO_VALUE: "gets\n!puts gets.split\n",
    Fault.MISSING_MEMBER: "items = [1]\n!items.append_one(2)\n",
    Fault.WRONG_ARGUMENTS: "!def f(a, b)\n  a\nend\nputs f(1)\n",
    Fault.RECURSION_TOO_DEEP: "def f(n)\n!  f(n + 1)\nend\nf(0)\n",
    Fault.MISSING_KEY: "ages = {}\n!puts ages.fetch('a')\n",
    Fault.MISSING_MODULE: "!require 'nothing_of_that_name'\n",
}

_PHP = {
    Fault.UNDEFINED_NAME: "<?php\n$total = 1;\n!echo totl();\n",
    Fault.SYNTAX: "<?php\n!echo ((1);\n",
    Fault.DIVISION_BY_ZERO: "<?php\n$n = 0;\n!echo intdiv(1, $n);\n",
    Fault.MIXED_TYPES: "<?php\n$n = trim(fgets(STDIN));\n!echo [] + 1;\n",
    Fault.NO_VALUE: "<?php\n$n = null;\n!echo $n->name();\n",
    Fault.WRONG_ARGUMENTS: "<?php\n!function f($a, $b) { return $a; }\necho f(1);\n",
}

_BASH = {
    Fault.UNDEFINED_NAME: "x=1\n!totl 2\n",
    Fault.SYNTAX: "if true\necho 1\n!fi\n",
    Fault.DIVISION_BY_ZERO: "n=0\n!echo $((1 / n))\nexit 1\n",
}

_SQL = {
    Fault.UNDEFINED_NAME: "SELECT 1;\n!SELECT totl FROM items;\n",
    Fault.SYNTAX: "SELECT 1;\nSELECT FROM WHERE;\n",
}

FAULTY: dict[str, dict[Fault, str]] = {
    "python3": _PYTHON,
    "c": _C,
    "cpp": _CPP,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "java": _JAVA,
    "csharp": _CSHARP,
    "go": _GO,
    "rust": _RUST,
    "ruby": _RUBY,
    "php": _PHP,
    "bash": _BASH,
    "sql": _SQL,
}


def source_and_line(marked: str) -> tuple[str, int | None]:
    """The program without its mark, and the marked line, counted from 1."""
    for number, line in enumerate(marked.split("\n"), start=1):
        if line.startswith("!"):
            return marked.replace("\n!", "\n", 1).removeprefix("!"), number
    return marked, None
