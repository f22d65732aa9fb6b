"""What is run: a program in one language with its tests, the same for every contender."""

from __future__ import annotations

from dataclasses import dataclass

from challenges.problem import FormatVersion, Problem, ProblemLimits, ProblemType, Test, TestGroup
from sandbox.languages import LANGUAGES, Language
from sandbox.sources import Program, arrange
from sandbox.spec import SourceFile

SPIN = """\
#include <cstdint>
#include <iostream>

int main() {
    uint64_t rounds, x = 88172645463325252ull;
    std::cin >> rounds;
    for (uint64_t i = 0; i < rounds * 1000000; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; }
    std::cout << (x != 0) << '\\n';
}
"""
MILLIONS_OF_ROUNDS = 100
"""About 200 ms on a processor of 2020."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A program and its tests: pairs of an input and the answer to it."""

    language: Language
    source: str
    tests: tuple[tuple[str, str], ...]

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (SourceFile(self.language.source_name, self.source.encode()),)

    @property
    def program(self) -> Program:
        return arrange(self.language, self.files)

    @property
    def is_compiled(self) -> bool:
        """Whether what runs is what a compiler has left, rather than the source."""
        return self.language.leaves_a_program

    @property
    def problem(self) -> Problem:
        """A pass-fail challenge with these tests."""
        tests = tuple(
            Test(f"secret/{number}", given.encode(), answer.encode())
            for number, (given, answer) in enumerate(self.tests, start=1)
        )
        return Problem(
            slug="bench",
            format_version=FormatVersion.V2025_09,
            type=ProblemType.PASS_FAIL,
            names={"en": "Bench"},
            limits=ProblemLimits(time_limit_ms=10_000),
            statements=(),
            root=TestGroup(name="", groups=(TestGroup(name="secret", tests=tests),)),
            submissions=(),
        )


def tiny(language_id: str, tests: int) -> Submission:
    """The language's reference program: two numbers in, their sum out."""
    language = LANGUAGES[language_id]
    pairs = [(number, 3 * number + 1) for number in range(tests)]
    return Submission(
        language, language.reference, tuple((language.reference_input.format(a=a, b=b), f"{a + b}\n") for a, b in pairs)
    )


def spinning(tests: int, millions_of_rounds: int = MILLIONS_OF_ROUNDS) -> Submission:
    """A compiled program that only computes."""
    return Submission(LANGUAGES["cpp"], SPIN, ((f"{millions_of_rounds}\n", "1\n"),) * tests)
