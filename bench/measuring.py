"""Measuring in rounds, and what follows from the rounds. Pure but for the contenders it calls.

Every contender runs once in every round, in an order that rotates, and a ratio is formed within its round: what loads the
machine for a while slows both sides of it. Reported are medians and the middle half, which one disturbed round cannot move.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class BenchFailure(Exception):
    """A contender did not do its work: it cannot be compared."""


class Better(StrEnum):
    """Which way a figure is good."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work. `measure` does it once and returns one figure or more, each under its name.

    `settle` waits until nothing of this contender still works in the background; it is called after every measurement.
    """

    measure: Callable[[], Mapping[str, float]]
    settle: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and the borders of the middle half."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What one name came to over all rounds; `ratio` is to the baseline, null where there is none."""

    name: str
    values: tuple[float, ...]
    value: Spread
    ratio: Spread | None

    @property
    def p95(self) -> float:
        """What nineteen rounds of twenty stay within."""
        return sorted(self.values)[math.ceil(0.95 * len(self.values)) - 1]


def measure(contenders: Sequence[Contender], rounds: int, warm_ups: int) -> list[dict[str, float]]:
    """One mapping from name to figure for each round, after `warm_ups` rounds that do not count."""
    measured: list[dict[str, float]] = []
    for number in range(warm_ups + rounds):
        of_round: dict[str, float] = {}
        for contender in _rotated(contenders, number):
            of_round.update(contender.measure())
            contender.settle()
        if number >= warm_ups:
            measured.append(of_round)
    return measured


def figures(measured: Sequence[Mapping[str, float]], baseline: str | None) -> list[Figure]:
    """Every name's figure, in alphabetical order but the baseline first. Raises `BenchFailure` for a baseline not measured."""
    names = sorted({name for of_round in measured for name in of_round}, key=lambda name: (name != baseline, name))
    if baseline is not None and baseline not in names:
        raise BenchFailure(f"the baseline {baseline!r} was not measured")
    return [_figure(name, measured, baseline) for name in names]


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles. ValueError without values."""
    if not values:
        raise ValueError("nothing was measured")
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(middle, low, high)


def _figure(name: str, measured: Sequence[Mapping[str, float]], baseline: str | None) -> Figure:
    values = tuple(of_round[name] for of_round in measured if name in of_round)
    ratios = [of_round[name] / of_round[baseline] for of_round in measured if baseline is not None and name in of_round]
    return Figure(name, values, spread(values), spread(ratios) if ratios else None)


def _rotated(contenders: Sequence[Contender], number: int) -> Iterator[Contender]:
    for place in range(len(contenders)):
        yield contenders[(place + number) % len(contenders)]
