"""Programs for each verdict in the languages of the images `more` and `heavy`; the task is that of `verdict_programs`.

Those that never end, take too much or do not compile need not read anything: they are the self-test's own.
"""

# ruff: noqa: E501
from __future__ import annotations

from sandbox.probes.more_endings import MORE_UNLUCKY

ERLANG = "-module(main).\n-export([main/0]).\n"

# The right answer, in which `+ 1` is written once, and the same followed by a crash.
ANSWERS: dict[str, tuple[str, str]] = {
    "pypy3": ("print(int(input()) + 1)\n", "n = int(input())\nprint(n + 1)\nprint(1 // (n - n))\n"),
    "python3_numpy": (
        "import numpy\nprint(numpy.array([int(input())])[0] + 1)\n",
        "import numpy\nn = int(input())\nprint(n + 1)\nnumpy.ones((2, 3)) @ numpy.ones((2, 3))\n",
    ),
    "perl": ('my $n = <STDIN>;\nprint $n + 1, "\\n";\n', 'my $n = <STDIN>;\nprint $n + 1, "\\n";\ndie "no";\n'),
    "lua": ('print(io.read("n") + 1)\n', 'print(io.read("n") + 1)\nlocal t = nil\nprint(t.x)\n'),
    "r": (
        'n <- scan(file("stdin"), quiet = TRUE)\ncat(n + 1, "\\n")\n',
        'n <- scan(file("stdin"), quiet = TRUE)\ncat(n + 1, "\\n")\nstop("no")\n',
    ),
    "pascal": (
        "var n: int64;\nbegin\n  read(n);\n  writeln(n + 1);\nend.\n",
        "var n: int64;\nbegin\n  read(n);\n  writeln(n + 1);\n  flush(output);\n  writeln(1 div (n - n));\nend.\n",
    ),
    "fortran": (
        "program a\n  integer :: n\n  read *, n\n  print '(i0)', n + 1\nend program\n",
        "program a\n  integer :: n\n  read *, n\n  print '(i0)', n + 1\n  error stop 2\nend program\n",
    ),
    "d": (
        'import std.stdio;\nvoid main() { long n; readf(" %d", n); writeln(n + 1); }\n',
        'import std.stdio;\nvoid main() { long n; readf(" %d", n); writeln(n + 1); int[] a; writeln(a[n]); }\n',
    ),
    "nim": (
        "import std/strutils\necho stdin.readLine.parseInt + 1\n",
        "import std/strutils\nlet n = stdin.readLine.parseInt\necho n + 1\nvar a: seq[int]\necho a[n]\n",
    ),
    "ocaml": (
        'let () = Scanf.scanf " %d" (fun n -> Printf.printf "%d\\n" (n + 1))\n',
        'let () = Scanf.scanf " %d" (fun n -> Printf.printf "%d\\n%!" (n + 1); raise Not_found)\n',
    ),
    "erlang": (
        ERLANG + 'main() -> {ok, [N]} = io:fread("", "~d"), io:format("~b~n", [N + 1]).\n',
        ERLANG + 'main() -> {ok, [N]} = io:fread("", "~d"), io:format("~b~n", [N + 1]), {ok, 1} = N.\n',
    ),
    "elixir": (
        'n = IO.gets("") |> String.trim() |> String.to_integer()\nIO.puts(n + 1)\n',
        'n = IO.gets("") |> String.trim() |> String.to_integer()\nIO.puts(n + 1)\nIO.puts(div(1, n - n))\n',
    ),
    "zig": (
        'const std = @import("std");\npub fn main() !void {\n    var line: [64]u8 = undefined;\n    const read = (try std.io.getStdIn().reader().readUntilDelimiterOrEof(&line, \'\\n\')).?;\n    const n = try std.fmt.parseInt(i64, read, 10);\n    try std.io.getStdOut().writer().print("{d}\\n", .{n + 1});\n}\n',
        'const std = @import("std");\npub fn main() !void {\n    var line: [64]u8 = undefined;\n    const read = (try std.io.getStdIn().reader().readUntilDelimiterOrEof(&line, \'\\n\')).?;\n    const n = try std.fmt.parseInt(i64, read, 10);\n    try std.io.getStdOut().writer().print("{d}\\n", .{n + 1});\n    line[@intCast(n + 100)] = 0;\n}\n',
    ),
    "ada": (
        "with Ada.Integer_Text_IO; use Ada.Integer_Text_IO;\nprocedure Main is\n   N : Integer;\nbegin\n   Get (N);\n   Put (N + 1, Width => 0);\nend Main;\n",
        'with Ada.Integer_Text_IO; use Ada.Integer_Text_IO;\nprocedure Main is\n   N : Integer;\nbegin\n   Get (N);\n   Put (N + 1, Width => 0);\n   raise Constraint_Error with "no";\nend Main;\n',
    ),
    "commonlisp": (
        '(let ((n (read))) (format t "~d~%" (+ n 1)))\n',
        '(let ((n (read))) (format t "~d~%" (+ n 1)) (finish-output) (error "no"))\n',
    ),
    "haskell": (
        "main :: IO ()\nmain = do\n  n <- readLn\n  print (n + 1 :: Integer)\n",
        'main :: IO ()\nmain = do\n  n <- readLn\n  print (n + 1 :: Integer)\n  error "no"\n',
    ),
    "kotlin": (
        "fun main() { println(readln().toLong() + 1) }\n",
        "fun main() { val n = readln().toLong(); println(n + 1); println(1 / (n - n)) }\n",
    ),
    "scala": (
        "object Main extends App { println(scala.io.StdIn.readLine().toLong + 1) }\n",
        'object Main extends App { val n = scala.io.StdIn.readLine().toLong; println(n + 1); sys.error("no") }\n',
    ),
    "clojure": (
        "(println (+ (parse-long (read-line)) 1))\n",
        "(println (+ (parse-long (read-line)) 1))\n(println (nth [1 2] 3))\n",
    ),
    "octave": (
        "n = fscanf(stdin, '%d');\nprintf('%d\\n', n + 1);\n",
        "n = fscanf(stdin, '%d');\nprintf('%d\\n', n + 1);\nx = [1 2](5);\n",
    ),
}
_WRONG = {"commonlisp": ("(+ n 1)", "(+ n 2)"), "clojure": (" 1))", " 2))")}


def _programs(language: str) -> dict[str, str]:
    right, crashing = ANSWERS[language]
    wrong = right.replace(*_WRONG.get(language, ("+ 1", "+ 2")))
    assert wrong != right, language
    bad = MORE_UNLUCKY[language]
    return {"AC": right, "WA": wrong, "TLE": bad.spins, "MLE": bad.hogs, "OLE": bad.floods, "RTE": crashing, "CE": bad.broken}


MORE_PROGRAMS: dict[str, dict[str, str]] = {language: _programs(language) for language in ANSWERS}
