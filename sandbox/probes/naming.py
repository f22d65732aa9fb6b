"""Programs whose file name is the attack: meant for a shell, an option, a list of arguments, or the eye."""

from __future__ import annotations

from sandbox.probes import Probe

_C = '#include <stdio.h>\nint main(void) { puts("fine"); }\n'

_NAMES = {
    "spaces and quotes": "a b 'c' \"d\".c",
    "words for a shell": "x; touch $HOME && `id` | cat > a #.c",
    "a file of arguments": "@file.c",
    "a line break": "a\nb.c",
    "a name that turns the line": "a\u202ec.b.c",
    "a backslash": "test#\\.c",
    "a name as long as a name may be": "x" * 253 + ".c",
    "an option's name below a folder": "folder/fplugin=x.c",
}

PROBES = (
    *(Probe(f"a file name: {what}", "c", _C, threats=(35, 36), path=path, stdout=b"fine\n") for what, path in _NAMES.items()),
    Probe(
        "a class name of three hundred letters",
        "java",
        f"public class {'X' * 300} {{ public static void main(String[] a) {{ }} }}\n",
        threats=(35,),
        compiles=False,
    ),
    Probe(
        "options in the source",
        "c",
        '#pragma GCC optimize("-fplugin=/box/source/main.c")\n#include "@/etc/passwd"\nint main(void) { }\n',
        threats=(36,),
        compiles=False,
    ),
)
