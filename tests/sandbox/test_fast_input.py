"""Two hundred thousand numbers, a line each, read in the way of each optional language: nothing in it waits for single characters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.languages import LANGUAGES, Language
from sandbox.spec import Limits
from tests.sandbox.conftest import Run

COUNT = 200_000
AMPLE = Limits(cpu_ms=10_000, wall_ms=30_000, memory_kib=512 * 1024, output_kib=64)
SUMS = {
    "pypy3": "import sys\nprint(sum(map(int, sys.stdin)))\n",
    "python3_numpy": "import sys, numpy\nprint(numpy.array(sys.stdin.read().split(), dtype=int).sum())\n",
    "perl": 'my $sum = 0;\nwhile (<STDIN>) { $sum += $_; }\nprint $sum, "\\n";\n',
    "lua": 'local sum = 0\nfor line in io.lines() do sum = sum + tonumber(line) end\nprint(string.format("%d", sum))\n',
    "r": 'cat(format(sum(scan(file("stdin"), quiet = TRUE)), scientific = FALSE), "\\n", sep = "")\n',
    "pascal": "var n, sum: int64;\nbegin\n  sum := 0;\n  while not seekeof do begin read(n); sum := sum + n; end;\n  writeln(sum);\nend.\n",
    "fortran": "program sums\n  integer(8) :: n, total\n  integer :: state\n  total = 0\n  do\n    read (*, *, iostat=state) n\n    if (state /= 0) exit\n    total = total + n\n  end do\n  print '(i0)', total\nend program\n",
    "d": "import std.stdio, std.conv;\n\nvoid main()\n{\n    long sum;\n    foreach (line; stdin.byLine) sum += line.to!long;\n    writeln(sum);\n}\n",
    "nim": "import std/strutils\n\nvar sum = 0\nfor line in stdin.lines: sum += line.parseInt\necho sum\n",
    "ocaml": 'let rec add sum = match input_line stdin with line -> add (sum + int_of_string line) | exception End_of_file -> sum\nlet () = Printf.printf "%d\\n" (add 0)\n',
    "erlang": '-module(main).\n-export([main/0]).\n\nmain() ->\n    io:setopts(standard_io, [binary]),\n    io:format("~b~n", [add(0)]).\n\nadd(Sum) ->\n    case file:read_line(standard_io) of\n        {ok, Line} -> add(Sum + binary_to_integer(string:trim(Line)));\n        eof -> Sum\n    end.\n',
    "elixir": "IO.read(:stdio, :all)\n|> String.split()\n|> Enum.map(&String.to_integer/1)\n|> Enum.sum()\n|> IO.puts()\n",
    "zig": 'const std = @import("std");\n\npub fn main() !void {\n    var buffered = std.io.bufferedReader(std.io.getStdIn().reader());\n    var line: [64]u8 = undefined;\n    var sum: i64 = 0;\n    while (try buffered.reader().readUntilDelimiterOrEof(&line, \'\\n\')) |text| sum += try std.fmt.parseInt(i64, text, 10);\n    try std.io.getStdOut().writer().print("{d}\\n", .{sum});\n}\n',
    "ada": "with Ada.Text_IO; use Ada.Text_IO;\nwith Ada.Long_Long_Integer_Text_IO; use Ada.Long_Long_Integer_Text_IO;\n\nprocedure Main is\n   N, Sum : Long_Long_Integer := 0;\nbegin\n   while not End_Of_File loop\n      Get (N);\n      Sum := Sum + N;\n   end loop;\n   Put (Sum, Width => 0);\nend Main;\n",
    "commonlisp": '(let ((sum 0))\n  (loop for line = (read-line *standard-input* nil) while line do (incf sum (parse-integer line)))\n  (format t "~d~%" sum))\n',
    "haskell": 'import qualified Data.ByteString.Char8 as B\nimport Data.Maybe (mapMaybe)\n\nmain :: IO ()\nmain = B.interact (\\s -> B.pack (show (sum (map fst (mapMaybe B.readInt (B.lines s)))) ++ "\\n"))\n',
    "kotlin": "fun main() {\n    println(System.`in`.bufferedReader().lineSequence().sumOf { it.toLong() })\n}\n",
    "scala": "object Main {\n  def main(args: Array[String]): Unit = println(scala.io.Source.stdin.getLines().map(_.toLong).sum)\n}\n",
    "clojure": "(println (reduce + (map parse-long (line-seq (java.io.BufferedReader. *in*)))))\n",
    "octave": "printf('%d\\n', sum(fscanf(stdin, '%d')));\n",
}


def test_every_optional_language_reads() -> None:
    assert set(SUMS) == {id for id, language in LANGUAGES.items() if language.image in ("more", "heavy")}


@pytest.mark.docker
@pytest.mark.parametrize("language", SUMS)
def test_a_large_input_is_read_within_the_limits(run: Run, needs_image: Callable[[Language], None], language: str) -> None:
    needs_image(LANGUAGES[language])
    (outcome,) = run(language, SUMS[language], "".join(f"{n}\n" for n in range(COUNT)).encode(), limits=AMPLE)
    assert outcome.stdout.split() == [b"%d" % (COUNT * (COUNT - 1) // 2)], (outcome.ending, outcome.stderr[:500])
