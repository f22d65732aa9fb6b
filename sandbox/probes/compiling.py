"""Programs that attack while they are compiled."""

from __future__ import annotations

from sandbox.probes import FINISHED, Probe, limits

_TEMPLATES = (
    "template<int n> struct A { typename A<n - 1>::x y; };\ntemplate<> struct A<0> {};\nA<800> a;\nint main() { return a; }\n"
)

# What a compiler does that has been talked into running the candidate's own code: it is in the same box as any program.
_AT_COMPILE_TIME = """\
id -u | grep -qv '^0$' || { echo root; exit 1; }
grep -q '^CapEff:.0*$' /proc/self/status && ! grep -q '^NoNewPrivs:.0' /proc/self/status || { echo powers; exit 1; }
for place in / /etc /usr/bin /box /box/source /box/program /root; do
    if touch "$place/planted" 2>/dev/null; then echo "$place"; exit 1; fi
done
for place in /tmp /dev/shm /box/work /box/build; do touch "$place/planted"; ln -s /etc/passwd "$place/link"; done
rm /box/build/link
(setsid bash -c 'exec -a survivor sleep 300' &)
exit 0
"""
_AT_RUN_TIME = """\
found=$(ls /tmp /dev/shm /box/work | grep -E 'planted|link')
for process in /proc/[0-9]*; do
    if grep -qz survivor "$process/cmdline" 2>/dev/null; then found="$found process"; fi
done
echo "found:$found"
"""

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
    Probe(
        "runs its own code while it is compiled",
        "bash",
        f'if [ -n "$COMPILING" ]; then\n{_AT_COMPILE_TIME}fi\n{_AT_RUN_TIME}',
        threats=(33,),
        compiler=("/usr/bin/env", "COMPILING=1", "/bin/bash", "{main}"),
        stdout=b"found:\n",
    ),
    Probe(
        "runs a shell while it is compiled",
        "nim",
        "const said = staticExec(\"id -u; touch /etc/planted /box/program/planted 2>&1 | wc -l\")\necho said[0] != '0', said[^1]\n",
        threats=(33,),
        stdout=b"true2\n",
        limits=limits(cpu_ms=2000),
    ),
    Probe(
        "runs a block while its syntax is checked",
        "perl",
        "BEGIN { if ($^C) { $< or exit 1; open(F, '>', '/etc/planted') and exit 1; system('setsid sleep 300 &'); } }\nprint \"fine\\n\";\n",
        threats=(33,),
        stdout=b"fine\n",
    ),
    Probe(
        "a library that was compiled before",
        "java",
        b"\xca\xfe\xba\xbe\0\0\0=\0\r" + bytes(60),
        threats=(34,),
        compiles=False,
    ),
)
