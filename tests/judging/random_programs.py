"""Random Python programs from a small grammar: arithmetic, text, containers, exceptions, exits, both output streams, input.

Every program ends soon, whatever it computes, and prints nothing that differs from one start of an interpreter to the next, such
as the order of a set of strings.
"""

from __future__ import annotations

from hypothesis import strategies as st

Block = list[str]

HEAD = """\
import os
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone', self.name)

    def __repr__(self):
        return f'Loud({self.name!r})'


def fails(n):
    if n < 1:
        raise LookupError('at the bottom')
    return fails(n - 1)


def yields(n):
    try:
        for i in range(n):
            yield i
    finally:
        print('closed after', n)


a, b, c, s, t, items, table = 7, -3, 2.5, 'assessor', 'åäö \\u0645', [3, 1, 2], {'k': 1}
which = input()
"""

NUMBERS = st.one_of(
    st.integers(-3, 12).map(str), st.sampled_from(["a", "b", "c", "len(s)", "len(items)", "0", "True", "10 ** 30"])
)
OPERATORS = st.sampled_from(["+", "-", "*", "//", "%", "/", "<", "==", "and", "or"])
WHOLE_OPERATORS = st.sampled_from(["&", "|", "^", ">>", "<<"])
EXCEPTIONS = st.sampled_from(["ValueError", "KeyError", "ZeroDivisionError", "LookupError", "Exception", "(TypeError, EOFError)"])
numbers = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds("({} {} {})".format, inner, WHOLE_OPERATORS, st.integers(0, 9)),
        st.builds("abs({})".format, inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("int({})".format, inner),
        st.builds("divmod({}, {})[0]".format, inner, inner),
        st.builds("(lambda x: x * x - {})({})".format, inner, inner),
        st.builds("sum(x for x in items if x > {})".format, inner),
    ),
    max_leaves=5,
)
texts = st.one_of(
    st.sampled_from(
        ["s", "t", "'x' * 20", "repr(t)", "s.upper()", "t[::-1]", "input()", "'%s' % (items,)", "str(table)", "chr(955)"]
    ),
    st.builds("f'{{{}}}-{{{}!r}}'".format, numbers, st.sampled_from(["s", "t", "items", "c"])),
    st.builds("s[{}:]".format, st.integers(-9, 9)),
    st.builds("s[{}]".format, numbers),
    st.builds("t.encode().decode({})".format, st.sampled_from(["'utf-8'", "'latin-1'", "'ascii'"])),
    st.builds("','.join(map(str, range({})))".format, st.integers(0, 30)),
    st.builds("format({}, '>12')".format, numbers),
)
values = st.one_of(
    numbers,
    texts,
    st.sampled_from(["sorted(set(s))", "list(table.items())", "items + items", "None", "(a, b)", "{1, 2, 3}", "bytes(range(9))"]),
    st.builds("[x * {} for x in items]".format, numbers),
    st.builds("{{x: x ** 2 for x in range({})}}".format, st.integers(0, 6)),
    st.builds("items[{}]".format, numbers),
    st.builds("table[{}]".format, st.sampled_from(["'k'", "'missing'", "a"])),
    st.builds("int({})".format, texts),
    st.builds("list(yields({}))".format, st.integers(0, 4)),
)
lines = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(["a", "b", "c"]), numbers),
    st.builds("{} = {}".format, st.sampled_from(["s", "t"]), texts),
    st.builds("print({})".format, values),
    st.builds("print({}, {}, sep='|', end={})".format, values, values, st.sampled_from(["''", "'\\n'", "'\\n' * 3"])),
    st.builds("print({}, file=sys.stderr)".format, values),
    st.builds("sys.stdout.write({})".format, texts),
    st.builds("items.append({})".format, values),
    st.builds("items.sort(key={})".format, st.sampled_from(["str", "None", "repr"])),
    st.builds("table[{}] = {}".format, st.sampled_from(["s", "a", "'k'"]), values),
    st.builds("held{} = Loud({})".format, st.integers(0, 3), texts),
    st.builds("loop = [Loud({})]; loop.append(loop)".format, numbers),
    st.builds("held = yields({}); print(next(held))".format, st.integers(0, 3)),
    st.builds("fails({})".format, st.integers(0, 40)),
    st.builds("assert {}, {}".format, numbers, texts),
    st.sampled_from(
        ["del items[0]", "sys.stdout.flush()", "print(sys.stdin.readline(), end='')", "print(sys.stdin.read())", "pass"]
    ),
)
endings = st.one_of(
    st.builds("sys.exit({})".format, values),
    st.builds("raise {}({})".format, st.sampled_from(["ValueError", "KeyError", "SystemExit", "StopIteration"]), texts),
    st.builds("raise RuntimeError({}) from KeyError({})".format, texts, numbers),
    st.builds("os._exit({})".format, st.integers(0, 255)),
    st.sampled_from(
        ["exit(3)", "raise KeyboardInterrupt", "os.abort()", "os.kill(os.getpid(), 15)", "sys.stdout.close()", "no_such_name"]
    ),
    st.just("pass"),
)


def indented(block: Block) -> Block:
    return [f"    {line}" for line in block]


def _compound(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.one_of(
        st.builds(lambda c, x, y: [f"if {c}:", *indented(x), "else:", *indented(y)], numbers, inner, inner),
        st.builds(lambda n, x: [f"for i in range({n}):", *indented(x)], st.integers(0, 4), inner),
        st.builds(
            lambda x, e, y, z: ["try:", *indented(x), f"except {e} as error:", "    print(repr(error))", *indented(y), *z],
            inner,
            EXCEPTIONS,
            inner,
            inner.map(lambda block: ["finally:", *indented(block)]) | st.just([]),
        ),
        st.builds(
            lambda x, v: ["def f(n=1):", "    global a, b, c, s, t", *indented(x), f"    return {v}", "print(f())"], inner, values
        ),
        st.builds(lambda x, y: x + y, inner, inner),
    )


blocks: st.SearchStrategy[Block] = st.recursive(st.lists(lines, min_size=1, max_size=4), _compound, max_leaves=5)


@st.composite
def programs(draw: st.DrawFn) -> Block:
    """One program: some statements, and an end of some kind."""
    return [*draw(blocks), draw(endings)]


def many(parts: list[Block]) -> str:
    """One source of several programs: the first line of the input says which."""
    text = HEAD
    for number, part in enumerate(parts):
        text += "\n".join([f"{'el' if number else ''}if which == '{number}':", *indented(part)]) + "\n"
    return text
