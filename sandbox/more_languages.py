"""The languages of the image `more`: compilers and interpreters that need nothing of the image `main`."""

from __future__ import annotations

import re

from sandbox import naming
from sandbox.checks import CHECK_ELIXIR, CHECK_PYTHON, CHECK_R, COMPILE_LISP, COMPILE_OCAML
from sandbox.language import MIB, SYNTAX_ONLY_KIB, Language

_PYTHON = ("PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8")
_PYTHON_ENTRY = re.compile(r"^if __name__ ==", re.MULTILINE)
_SCRATCH = "/tmp/scratch"  # noqa: S108  # inside the box, emptied before the program runs
_ERLANG_FLAGS = "+S 1:1 +SDcpu 1:1 +SDio 1 +A 1 +sbwt none"

# Erlang's compiler maps its code as a file of many megabytes, and takes memory instead where the limit of files refuses that.
_ON_BEAM = ("/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "beam")

MORE = (
    Language(
        id="pypy3",
        name="Python (PyPy)",
        version="3.9, PyPy 7.3",
        extensions=(".py",),
        source_name="main.py",
        image="more",
        compile=("/usr/bin/pypy3", "-I", "-S", "-c", CHECK_PYTHON, "{files}"),
        run=("/usr/bin/pypy3", "{main}"),
        editor_mode="python",
        reference="a, b = map(int, input().split())\nprint(a + b)\n",
        environment=_PYTHON,
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=64 * MIB,
        entry=_PYTHON_ENTRY,
        variant_of="python3",
    ),
    Language(
        id="python3_numpy",
        name="Python with NumPy",
        version="3.11, NumPy 1.24",
        extensions=(".py",),
        source_name="main.py",
        image="more",
        compile=("/usr/bin/python3", "-I", "-S", "-c", CHECK_PYTHON, "{files}"),
        run=("/usr/bin/python3", "{main}"),
        editor_mode="python",
        reference="import numpy\n\nprint(numpy.array(input().split(), dtype=int).sum())\n",
        environment=(*_PYTHON, "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"),
        compile_memory_kib=SYNTAX_ONLY_KIB,
        memory_floor_kib=48 * MIB,
        entry=_PYTHON_ENTRY,
        variant_of="python3",
    ),
    Language(
        id="perl",
        name="Perl",
        version="5.36",
        extensions=(".pl", ".pm"),
        source_name="main.pl",
        image="more",
        compile=("/usr/bin/perl", "-I/box/source", "-c", "{main}"),
        run=("/usr/bin/perl", "-I/box/source", "{main}"),
        editor_mode="perl",
        reference='my ($a, $b) = split " ", <STDIN>;\nprint $a + $b, "\\n";\n',
        compile_memory_kib=SYNTAX_ONLY_KIB,
    ),
    Language(
        id="lua",
        name="Lua",
        version="5.4",
        extensions=(".lua",),
        source_name="main.lua",
        image="more",
        compile=("/usr/bin/luac5.4", "-p", "{files}"),
        run=("/usr/bin/lua5.4", "{main}"),
        editor_mode="lua",
        reference='local a, b = io.read("n", "n")\nprint(a + b)\n',
        environment=("LUA_PATH=/box/source/?.lua",),
        compile_memory_kib=SYNTAX_ONLY_KIB,
        out_of_memory=b"not enough memory",
    ),
    Language(
        id="r",
        name="R",
        version="4.2",
        extensions=(".R", ".r"),
        source_name="main.R",
        image="more",
        compile=("/usr/bin/Rscript", "--vanilla", "-e", CHECK_R, "{files}"),
        run=("/usr/bin/Rscript", "--vanilla", "{main}"),
        editor_mode="r",
        reference='cat(sum(scan(file("stdin"), quiet = TRUE)), "\\n", sep = "")\n',
        environment=("OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"),
        memory_floor_kib=64 * MIB,
        out_of_memory=b"cannot allocate",
    ),
    Language(
        id="pascal",
        name="Pascal",
        version="Free Pascal 3.2",
        extensions=(".pas", ".pp"),
        source_name="main.pas",
        image="more",
        compile=("/usr/bin/fpc", "-l-", "-v0ew", "-O2", "-Xs", "-Sg", "-FE.", "-FU.", "-Fu/box/source", "-omain", "{main}"),
        run=("/box/program/main",),
        editor_mode="pascal",
        reference="var a, b: int64;\nbegin\n  read(a, b);\n  writeln(a + b);\nend.\n",
        entry=re.compile(r"^\s*program\b", re.MULTILINE | re.IGNORECASE),
    ),
    Language(
        id="fortran",
        name="Fortran",
        version="2018, GCC 12",
        extensions=(".f90", ".f95", ".f03", ".f08", ".f"),
        source_name="main.f90",
        image="more",
        compile=("/usr/bin/gfortran", "-O2", "-pipe", "-static", "-J.", "-o", "main", "{files}"),
        run=("/box/program/main",),
        editor_mode="fortran",
        reference="program sums\n  integer(8) :: a, b\n  read *, a, b\n  print '(i0)', a + b\nend program\n",
        entry=re.compile(r"^\s*program\b", re.MULTILINE | re.IGNORECASE),
    ),
    Language(
        id="d",
        name="D",
        version="2.100, GDC 12",
        extensions=(".d",),
        source_name="main.d",
        image="more",
        compile=("/usr/bin/gdc", "-O2", "-static-libphobos", "-I/box/source", "-o", "main", "{files}"),
        run=("/box/program/main",),
        editor_mode="d",
        reference='import std.stdio;\n\nvoid main()\n{\n    long a, b;\n    readf(" %d %d", a, b);\n    writeln(a + b);\n}\n',
        out_of_memory=b"core.exception.OutOfMemoryError",
        entry=re.compile(r"\bmain\s*\("),
    ),
    Language(
        id="nim",
        name="Nim",
        version="1.6",
        extensions=(".nim",),
        source_name="main.nim",
        image="more",
        compile=(
            *("/usr/bin/nim", "compile", "-d:release", "--hints:off", "--warnings:off", "--colors:off", "--mm:orc"),
            *("--nimcache:/tmp/nim", "--passL:-static", "-o:/box/build/main", "{main}"),
        ),
        run=("/box/program/main",),
        editor_mode="nim",
        reference="import std/[strutils, sequtils, math]\n\necho stdin.readLine.splitWhitespace.mapIt(it.parseInt).sum\n",
        out_of_memory=b"out of memory",
        entry=re.compile(r"\bisMainModule\b"),
    ),
    Language(
        id="ocaml",
        name="OCaml",
        version="4.13",
        extensions=(".ml",),
        source_name="main.ml",
        image="more",
        compile=("/bin/sh", "-c", COMPILE_OCAML, "ocaml", "{files}"),
        run=("/box/program/main",),
        editor_mode="ocaml",
        reference='let () = Scanf.scanf " %d %d" (fun a b -> Printf.printf "%d\\n" (a + b))\n',
        out_of_memory=b"Out_of_memory",
    ),
    Language(
        id="erlang",
        name="Erlang",
        version="OTP 25",
        extensions=(".erl",),
        source_name="main.erl",
        image="more",
        compile=("/usr/bin/erlc", "-o", ".", "{files}"),
        run=(*_ON_BEAM, "/usr/bin/erl", "-noshell", "-pa", "/box/program", "-s", "{name}", "main", "-s", "init", "stop"),
        editor_mode="erlang",
        reference=(
            "-module(main).\n-export([main/0]).\n\nmain() ->\n"
            '    {ok, [A, B]} = io:fread("", "~d ~d"),\n    io:format("~b~n", [A + B]).\n'
        ),
        environment=(f"ERL_FLAGS={_ERLANG_FLAGS}", "ERL_CRASH_DUMP_SECONDS=0"),
        memory_floor_kib=64 * MIB,
        out_of_memory=b"Cannot allocate",
        entry=re.compile(r"^main\s*\(", re.MULTILINE),
        declares=naming.erlang,
    ),
    Language(
        id="elixir",
        name="Elixir",
        version="1.14, OTP 25",
        extensions=(".exs", ".ex"),
        source_name="main.exs",
        image="more",
        compile=("/usr/bin/elixir", "-e", CHECK_ELIXIR, "{files}"),
        run=(*_ON_BEAM, "/usr/bin/elixir", "{main}"),
        editor_mode="elixir",
        reference='IO.gets("")\n|> String.split()\n|> Enum.map(&String.to_integer/1)\n|> Enum.sum()\n|> IO.puts()\n',
        environment=(f"ERL_FLAGS={_ERLANG_FLAGS}", "ERL_CRASH_DUMP_SECONDS=0"),
        memory_floor_kib=96 * MIB,
        time_multiplier=1.5,
        out_of_memory=b"Cannot allocate",
    ),
    Language(
        id="zig",
        name="Zig",
        version="0.14",
        extensions=(".zig",),
        source_name="main.zig",
        image="more",
        compile=(
            *("/opt/zig/zig", "build-exe", "-O", "ReleaseSafe", "-fstrip", "--color", "off"),
            *("--cache-dir", _SCRATCH, "--global-cache-dir", _SCRATCH, "-femit-bin=main", "{main}"),
        ),
        run=("/box/program/main",),
        editor_mode="zig",
        reference=(
            'const std = @import("std");\n\npub fn main() !void {\n'
            "    var buffered = std.io.bufferedReader(std.io.getStdIn().reader());\n    var line: [4096]u8 = undefined;\n"
            "    const read = (try buffered.reader().readUntilDelimiterOrEof(&line, '\\n')).?;\n"
            "    var words = std.mem.tokenizeScalar(u8, read, ' ');\n    var sum: i64 = 0;\n"
            "    while (words.next()) |word| sum += try std.fmt.parseInt(i64, word, 10);\n"
            '    try std.io.getStdOut().writer().print("{d}\\n", .{sum});\n}\n'
        ),
        out_of_memory=b"OutOfMemory",
        entry=re.compile(r"\bfn\s+main\s*\("),
    ),
    Language(
        id="ada",
        name="Ada",
        version="2012, GNAT 12",
        extensions=(".adb", ".ads"),
        source_name="main.adb",
        image="more",
        compile=(
            *("/usr/bin/gnatmake", "-q", "-O2", "-gnat2012", "-D", ".", "-aI/box/source", "-o", "main", "{main}"),
            *("-bargs", "-static", "-largs", "-static"),
        ),
        run=("/box/program/main",),
        editor_mode="ada",
        reference=(
            "with Ada.Long_Long_Integer_Text_IO; use Ada.Long_Long_Integer_Text_IO;\n\nprocedure Main is\n"
            "   A, B : Long_Long_Integer;\nbegin\n   Get (A);\n   Get (B);\n   Put (A + B, Width => 0);\nend Main;\n"
        ),
        out_of_memory=b"STORAGE_ERROR : System.Memory",
    ),
    Language(
        id="commonlisp",
        name="Common Lisp",
        version="SBCL 2.2",
        extensions=(".lisp", ".lsp", ".cl"),
        source_name="main.lisp",
        image="more",
        compile=("/usr/bin/sbcl", "--noinform", "--no-sysinit", "--no-userinit", "--disable-debugger", "--eval", COMPILE_LISP),
        run=(
            *("/usr/bin/sbcl", "--dynamic-space-size", "{memory_mib}MB", "--control-stack-size", "200MB"),
            *("--script", "/box/program/main.fasl"),
        ),
        editor_mode="commonlisp",
        reference='(format t "~d~%" (+ (read) (read)))\n',
        memory_floor_kib=64 * MIB,
        out_of_memory=b"Heap exhausted",
    ),
)
