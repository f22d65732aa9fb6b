"""A hundred thousand calls inside one another, in the optional images: the stack is as large as memory allows."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.languages import LANGUAGES, Language
from sandbox.spec import Limits
from tests.sandbox.conftest import Run

AMPLE = Limits(cpu_ms=5000, wall_ms=15_000, memory_kib=512 * 1024, output_kib=1024)
DEEP = {
    "pypy3": "import sys\nsys.setrecursionlimit(200000)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(100000))\n",
    "perl": 'no warnings "recursion";\nsub f { my $n = shift; return $n == 0 ? 0 : 1 + f($n - 1); }\nprint f(100000), "\\n";\n',
    "lua": "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end\nprint(f(100000))\n",
    "pascal": "function f(n: longint): longint;\nbegin\n  if n = 0 then f := 0 else f := 1 + f(n - 1);\nend;\nbegin\n  writeln(f(100000));\nend.\n",
    "nim": "proc f(n: int): int = (if n == 0: 0 else: 1 + f(n - 1))\necho f(100000)\n",
    "ocaml": 'let rec f n = if n = 0 then 0 else 1 + f (n - 1)\nlet () = Printf.printf "%d\\n" (f 100000)\n',
    "elixir": "defmodule A do\n  def f(0), do: 0\n  def f(n), do: 1 + f(n - 1)\nend\n\nIO.puts(A.f(100_000))\n",
    "commonlisp": '(defun f (n) (if (= n 0) 0 (+ 1 (f (- n 1)))))\n(format t "~d~%" (f 100000))\n',
    "haskell": "f :: Integer -> Integer\nf 0 = 0\nf n = 1 + f (n - 1)\n\nmain :: IO ()\nmain = print (f 100000)\n",
    "kotlin": "fun f(n: Int): Int = if (n == 0) 0 else 1 + f(n - 1)\nfun main() { println(f(100000)) }\n",
    "scala": "object Main { def f(n: Int): Int = if (n == 0) 0 else 1 + f(n - 1)\n  def main(a: Array[String]): Unit = println(f(100000)) }\n",
    "python3_numpy": "import sys\nsys.setrecursionlimit(200000)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(100000))\n",
    "fortran": "program deep\n  print '(i0)', f(100000)\ncontains\n  recursive integer function f(n) result(r)\n    integer, intent(in) :: n\n    r = 0\n    if (n > 0) r = 1 + f(n - 1)\n  end function\nend program\n",
    "d": "import std.stdio;\n\nint f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }\n\nvoid main() { writeln(f(100_000)); }\n",
    "erlang": '-module(main).\n-export([main/0]).\n\nf(0) -> 0;\nf(N) -> 1 + f(N - 1).\n\nmain() -> io:format("~b~n", [f(100000)]).\n',
    "zig": 'const std = @import("std");\n\nfn f(n: u32) u32 {\n    return if (n == 0) 0 else 1 + f(n - 1);\n}\n\npub fn main() !void {\n    try std.io.getStdOut().writer().print("{d}\\n", .{f(100000)});\n}\n',
    "ada": "with Ada.Integer_Text_IO; use Ada.Integer_Text_IO;\n\nprocedure Main is\n   function F (N : Integer) return Integer is (if N = 0 then 0 else 1 + F (N - 1));\nbegin\n   Put (F (100_000), Width => 0);\nend Main;\n",
    "clojure": "(defn f [n] (if (zero? n) 0 (+ 1 (f (dec n)))))\n(println (f 100000))\n",
    "octave": "1;\nfunction r = f(n)\n  if n == 0\n    r = 0;\n  else\n    r = 1 + f(n - 1);\n  end\nend\nprintf('%d\\n', f(100000));\n",
}


@pytest.mark.docker
@pytest.mark.parametrize("language", DEEP)
def test_deep_recursion_is_no_crash(run: Run, needs_image: Callable[[Language], None], language: str) -> None:
    needs_image(LANGUAGES[language])
    (outcome,) = run(language, DEEP[language], limits=AMPLE)
    assert outcome.stdout.split() == [b"100000"], outcome.stderr[:500]
