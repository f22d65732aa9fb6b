"""Write the hidden tests of this package: inputs from below (seeded, always the same), answers from an accepted submission."""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
LETTERS = "-0123456789abcdefghijklmnopqrstuvwxyz"
rng = random.Random(20260104)

Lines = list[str]


def names(count: int, length: int, first: str = "") -> list[str]:
    """Different random names in random order."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[first + "".join(rng.choice(LETTERS) for _ in range(length))] = None
    return list(found)


def declare(needs: dict[str, list[str]]) -> Lines:
    """The lines of the packages in random order."""
    lines = [" ".join([f"{name}:", *wanted]) for name, wanted in needs.items()]
    rng.shuffle(lines)
    return lines


def layered(count: int, length: int, most: int, reach: int) -> dict[str, list[str]]:
    """A product with an order: every package needs up to `most` of the `reach` packages before it."""
    chosen = names(count, length)
    return {
        name: [rng.choice(chosen[max(0, i - reach) : i]) for _ in range(rng.randint(0, most))] if i else []
        for i, name in enumerate(chosen)
    }


def tangled(count: int, needs_each: float) -> Lines:
    """Packages with short names that need any others, themselves too."""
    chosen = names(count, 2)
    needs: dict[str, list[str]] = {name: [] for name in chosen}
    for _ in range(int(count * needs_each)):
        needs[rng.choice(chosen)].append(rng.choice(chosen))
    return declare(needs)


def without_some(needs: dict[str, list[str]], drop: int) -> Lines:
    """The packages but for a few that others need."""
    needed = sorted({need for wanted in needs.values() for need in wanted})
    for name in rng.sample(needed, drop):
        del needs[name]
    return declare(needs)


BASIC = {
    "01-nothing": [],
    "02-one": ["solo:"],
    "03-no-needs": ["b:", "a:", "c:", "-:", "9:", "a1:", "a-:"],
    "04-reverse-chain": ["a: b", "b: c", "c: d", "d:"],
    "05-freed-by-the-last": ["a: z", "m:", "z:", "n: a"],
    "06-depth-first-differs": ["app: web zip", "web: core", "core:", "zip:", "aaa: zip"],
    "07-rounds-differ": ["b: a", "a:", "c:", "d: b", "e:"],
    "08-diamond": ["top: left right", "left: base", "right: base", "base:"],
    "09-same-need-twice": ["a: c c b", "b: c", "c:"],
    "10-ascii-order": ["a-b: x", "a1: x", "ab: x", "a: x", "-a: x", "1a: x", "x:"],
    "11-long-names": ["abcdefghijkl: abcdefghijk", "abcdefghijk: abcdefghij", "abcdefghij:"],
    "12-everything-needs-one": [f"{name}: zz" for name in "kjihgfedcba"] + ["zz:"],
    "13-one-needs-everything": ["0: " + " ".join("kjihgfedcba")] + [f"{name}:" for name in "jhkfdgibcae"],
}
MISSING = {
    "01-one": ["a: b"],
    "02-first-in-the-input": ["z: c b", "a: b", "c: d"],
    "03-declared-later": ["a: b", "b: c", "c: a d"],
    "04-circle-does-not-matter": ["a: b", "b: a", "c: d"],
    "05-nearly-the-name": ["lib: lib-1 lib1 lib-10", "lib-1:", "lib-10:"],
    "06-prefix": ["core-util: core", "corex:", "cor:"],
}
CYCLES = {
    "01-itself": ["a: a"],
    "02-two": ["b: a", "a: b"],
    "03-leads-into-a-circle": ["a: b", "b: c", "c: d", "d: c"],
    "04-hangs-from-a-circle": ["b: a c", "a:", "c: b"],
    "05-between-two-circles": ["m: n", "n: m a", "a: b", "b: x", "x: y", "y: x"],
    "06-shortest": ["a: b c", "b: d", "d: a", "c: a"],
    "07-smallest-of-the-shortest": ["a: c b", "b: e d", "c: d", "d: a", "e: a"],
    "08-shortest-before-smallest": ["a: b z", "b: c", "c: a", "z: a"],
    "09-itself-beats-longer": ["b: a", "a: b a", "0: a"],
    "10-itself-with-larger-name": ["b: b", "a: c", "c: a"],
    "11-smallest-later-in-the-input": ["z: y", "y: z", "b: a", "a: b"],
    "12-same-need-twice": ["a: b b", "b: a a"],
    "13-figure-of-eight": ["a: b", "b: c a", "c: b"],
    "14-tie-further-along": ["a: b", "b: d c", "c: f e", "d: e", "e: a", "f: a"],
    "15-part-can-be-built": ["a: b", "b:", "k: l a", "l: k", "z:"],
    "16-dead-end-looks-smaller": ["a: b c", "b: 0", "0:", "c: d", "d: a"],
}


def large() -> dict[str, Lines]:
    """Close to the limits, in the shapes that hurt."""
    chain = sorted(names(30_000, 4))
    downwards = {name: [need] for name, need in zip(chain, chain[1:])} | {chain[-1]: []}
    ring = names(15_000, 4, "r")
    circle = {name: [need] for name, need in zip(ring, ring[1:] + ring[:1])}
    between = sorted(names(12_000, 4, "a"))
    bridge = {name: [between[i + 1], between[min(i + 2, len(between) - 1)]] for i, name in enumerate(between[:-1])}
    bridge |= {"y": ["z", between[0]], "z": ["y"], between[-1]: ["w"], "w": ["x"], "x": ["w"]}
    return {
        "01-chain": declare(downwards),
        "02-many-needs": declare(layered(14_000, 3, 5, 3_000)),
        "03-one-long-circle": declare(circle),
        "04-between-circles": declare(bridge),
        "05-no-needs": [f"{name}:" for name in names(8_000, 3)],
    }


def main() -> None:
    for i in range(14, 22):
        BASIC[f"{i}-random"] = declare(layered(rng.randint(8, 150), 2, 3, rng.choice([4, 20, 150])))
    for i in range(7, 11):
        MISSING[f"{i:02}-random"] = without_some(layered(rng.randint(20, 80), 2, 3, 20), rng.randint(1, 3))
    for i in range(17, 31):
        CYCLES[f"{i}-random"] = tangled(rng.randint(5, 120), rng.choice([1.0, 1.2, 1.5, 2.0]))
    reference = PACKAGE / "submissions" / "accepted" / "heap_and_components.py"
    for group, tests in {"basic": BASIC, "missing": MISSING, "cycles": CYCLES, "large": large()}.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in tests.items():
            text = "\n".join([str(len(lines)), *lines]) + "\n"
            answer = subprocess.run([sys.executable, reference], input=text, capture_output=True, text=True, check=True).stdout
            (folder / f"{name}.in").write_text(text)
            (folder / f"{name}.ans").write_text(answer)


main()
