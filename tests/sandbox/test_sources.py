"""Where files go and where a program starts."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sandbox.languages import LANGUAGES
from sandbox.sources import arrange
from sandbox.spec import SourceFile


def files(**contents: str) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(path.replace("__", "."), content.encode()) for path, content in contents.items())


@pytest.mark.parametrize(
    "path", ["", "/a.py", "../a.py", "a/../b.py", "a//b.py", "./a.py", "a/", "-o.c", "a\0b", "x" * 300, "a/" * 400 + "b"]
)
def test_paths_that_cannot_be_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"path|name"):
        arrange(LANGUAGES["python3"], (SourceFile(path, b""),))


@pytest.mark.parametrize("path", ["a b.c", "test#.c", "\u202egnp.c", "ö/ä.c", "a'b\".c", "$(x).c"])
def test_unusual_names_are_kept(path: str) -> None:
    assert arrange(LANGUAGES["c"], (SourceFile(path, b""),)).entry == path


def test_no_file_two_of_a_name_and_a_file_that_is_a_folder_are_refused() -> None:
    for wrong in ((), (SourceFile("a.py", b""), SourceFile("a.py", b"")), (SourceFile("a", b""), SourceFile("a/b.py", b""))):
        with pytest.raises(ValueError):
            arrange(LANGUAGES["python3"], wrong)


def test_the_usual_name_is_the_entry() -> None:
    assert arrange(LANGUAGES["python3"], files(other__py="if __name__ == '__main__': pass", main__py="")).entry == "main.py"


def test_a_file_that_is_said_to_start_the_program_is_the_entry() -> None:
    marked = replace(files(b__py="")[0], starts=True)
    assert arrange(LANGUAGES["python3"], (*files(main__py=""), marked)).entry == "b.py"


def test_else_the_file_that_looks_like_one() -> None:
    assert arrange(LANGUAGES["cpp"], files(list__cpp="int f() {}", run__cpp="int main() {}", list__h="")).entry == "run.cpp"


def test_a_foreign_suffix_gets_the_usual_name() -> None:
    assert arrange(LANGUAGES["cpp"], files(solution__txt="int main() {}")).entry == "main.cpp"


def test_only_sources_are_given_to_the_compiler() -> None:
    program = arrange(LANGUAGES["cpp"], files(main__cpp="int main() {}", part__cc="", part__h=""))
    assert program.command(("g++", "{files}"), 1) == ("g++", "/box/source/main.cpp", "/box/source/part.cc")


@pytest.mark.parametrize(
    ("source", "path", "name"),
    [
        ("public class Hello { public static void main(String[] a) {} }", "Hello.java", "Hello"),
        ("class A {} class B { static public void main(String[] a) {} }", "B.java", "B"),
        ("/* public class Not {} */ // public class No {}\npublic final class Yes {}", "Yes.java", "Yes"),
        ('class A { String s = "public class X"; public static void main(String... a) {} }', "A.java", "A"),
        ("package se.astrid; public class Hello {}", "Hello.java", "se.astrid.Hello"),
        ("public record P(int x) { public static void main(String[] a) {} }", "P.java", "P"),
        ("class Main { class Node {} public static void main(String[] a) {} }", "Main.java", "Main"),
        ("class A { public class B {} public static void main(String[] a) {} }", "A.java", "A"),
        ("public class Shape {}\nclass Start { public static void main(String[] a) {} }", "Shape.java", "Start"),
        ("class A { char c = '{'; } class B { static void main(String[] a) {} }", "B.java", "B"),
        ("", "Main.java", "Main"),
    ],
)
def test_a_java_file_is_called_what_its_class_demands(source: str, path: str, name: str) -> None:
    program = arrange(LANGUAGES["java"], (SourceFile("Main.java", source.encode()),))
    assert (program.entry, program.name) == (path, name)


def test_a_java_file_never_takes_the_place_of_another() -> None:
    program = arrange(LANGUAGES["java"], files(Main__java="public class B { }", B__java="class C {}"))
    assert [file.path for file in program.files] == ["Main.java", "B.java"]


def test_a_class_whose_name_no_file_can_have_stays_where_it_is() -> None:
    source = f"public class {'X' * 300} {{ public static void main(String[] a) {{}} }}"
    assert arrange(LANGUAGES["java"], (SourceFile("Main.java", source.encode()),)).entry == "Main.java"


def test_memory_is_written_in_mebibytes() -> None:
    program = arrange(LANGUAGES["java"], files(Main__java=""))
    assert "-Xmx64m" in program.command(LANGUAGES["java"].run, 64 * 1024)


@pytest.mark.parametrize("piece", ["/* ", '\\"', "' ", "final ", "static ", "static void main  ", "class A{", "public "])
def test_a_source_made_to_keep_the_search_for_its_class_busy_does_not(piece: str) -> None:
    source = "class A {" + piece * (128 * 1024 // len(piece))
    began = time.monotonic()
    arrange(LANGUAGES["java"], (SourceFile("Main.java", source.encode()),))
    assert time.monotonic() - began < 2
