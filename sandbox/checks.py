"""What checks a program's syntax inside the box where a language's own tools have no short way: Python programs as text."""

from __future__ import annotations

# The first line tells a preloaded interpreter that it may do the same by a shorter way (supervisor/library/checking.c).
CHECK_PYTHON = """\
# syntax check
import sys

sys.tracebacklimit = 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        compile(file.read(), path, "exec", dont_inherit=True)
"""

# SQLite tells a bad syntax from an unknown table only by its words; without the tables of the test, only the first is an error.
CHECK_SQL = r"""
import re, sqlite3, sys

COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
SYNTAX = ("syntax error", "unrecognized token", "incomplete input")
database = sqlite3.connect(":memory:")


def check(path, statement):
    bare = COMMENT.sub("", statement).strip(" \t\r\n;")
    if not bare:
        return
    explain = "" if bare[:7].lower() == "explain" else "EXPLAIN "
    try:
        database.execute(explain + statement)
    except (sqlite3.Error, sqlite3.Warning) as error:
        if any(word in str(error) for word in SYNTAX):
            sys.exit(f"{path}: {error}\n{statement.strip()}")


for path in sys.argv[1:]:
    statement = ""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [*file.read().splitlines(True), "\n;"]
    for line in lines:
        if line.startswith(".") and not statement.strip():
            continue  # a command to the sqlite3 shell
        statement += line
        if sqlite3.complete_statement(statement):
            check(path, statement)
            statement = ""
    check(path, statement)
"""

CHECK_R = "for (path in commandArgs(trailingOnly = TRUE)) invisible(parse(path))"

CHECK_ELIXIR = "for path <- System.argv(), do: Code.string_to_quoted!(File.read!(path), file: path)"

CHECK_CLOJURE = """\
(with-open [reader (java.io.PushbackReader. (clojure.java.io/reader "{main}"))]
  (while (not= ::end (read {:eof ::end :read-cond :allow} reader))))
"""

# The compiler leaves its files beside the source, which is not writable, and wants modules before those that use them.
COMPILE_OCAML = """\
into=$PWD
cp -- "$@" /tmp && cd /tmp || exit
order=$(ocamldep -sort ./*.ml) || exit
exec ocamlopt -O3 -I +str unix.cmxa str.cmxa -o "$into/main" $order
"""

# Only what cannot be read is an error: warnings, undefined names among them, leave a program that runs.
COMPILE_LISP = """\
(sb-ext:exit :code (if (compile-file "{main}" :output-file "/box/build/main.fasl") 0 1))
"""

# The compiler writes in its cache: it takes a copy of the image's, which holds its own run-time library.
COMPILE_ZIG = """\
cp -r /opt/zig/cache /tmp/scratch
exec /opt/zig/zig "$@"
"""
