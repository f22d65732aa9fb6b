"""Programs that attack while they are compiled."""

from __future__ import annotations

from sandbox.probes import FINISHED, Probe

_TEMPLATES = (
    "template<int n> struct A { typename A<n - 1>::x y; };\ntemplate<> struct A<0> {};\nA<800> a;\nint main() { return a; }\n"
)

PROBES = (
    Probe(
        "includes itself",
        "c",
        "#include __FILE__\n#include __FILE__\nint main(void) { return 0; }\n",
        threats=(27,),
        compiles=False,
    ),
    Probe("more errors than anybody wants", "cpp", _TEMPLATES, threats=(28,), compiles=False),
    Probe("includes an endless device", "c", '#include "/dev/urandom"\nint main(void) {}\n', threats=(29,), compiles=False),
    Probe("includes endless zeros", "c", '#include "/dev/zero"\nint main(void) {}\n', threats=(29,), compiles=False),
    Probe("a binary of gigabytes", "c", "int main[-1u] = {1};\n", threats=(30,), compiles=False),
    Probe(
        "an initialised gigabyte",
        "c",
        "char a[1u << 30] = {1};\nint main(void) { return a[5]; }\n",
        threats=(30,),
        compiles=False,
    ),
    Probe(
        "macros that double twice a line",
        "c",
        "#define A(x) x x x x x x x x\n#define B(x) A(A(A(A(x))))\nint main(void) { int i = 0; B(B(B(i++;))) }\n",
        threats=(31,),
        compiles=False,
    ),
    Probe(
        "constexpr without end",
        "cpp",
        "constexpr long f(long n) { long s = 0; for (long i = 0; i < n; i++) s += i; return s; }\n"
        "constexpr long x = f(1L << 60);\nint main() { return x; }\n",
        threats=(31,),
        compiles=False,
    ),
    Probe(
        "builds a secret file into the program",
        "c",
        'asm(".incbin \\"/etc/shadow\\"");\nint main(void) { return 0; }\n',
        threats=(32,),
        compiles=False,
    ),
    Probe("a program that was compiled before", "c", b"\x7fELF\x02\x01\x01" + bytes(200), threats=(34,), compiles=False),
    Probe("zero bytes in Python", "python3", b"print(1)\0\n", threats=(37,), compiles=False),
    Probe("zero bytes in C", "c", b"int main(void) { return 0; }\0\n", FINISHED, threats=(37,), compiles=None),
    Probe("invalid UTF-8", "python3", b"print('\xff\xfe')\n", threats=(37,), compiles=False),
    Probe("a byte order mark", "python3", b"\xef\xbb\xbfprint(42)\n", threats=(37,), stdout=b"42\n"),
    Probe("carriage returns alone", "c", b"int main(void) {\r return 0;\r}\r", threats=(37,)),
    Probe("an empty program", "c", b"", threats=(37,), compiles=False),
)
