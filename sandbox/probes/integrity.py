"""Programs that try to change how they, or others, are judged."""

from __future__ import annotations

from sandbox import protocol
from sandbox.probes import FINISHED, Probe, limits

_FORGED = protocol.frame(protocol.ENDED + bytes(300)) * 3

_LEAVES = """\
import os, socket, time
found = []
for top, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ('/proc', '/sys')]
    place = os.path.join(top, 'left-behind')
    if os.path.lexists(place):
        found.append(place)
    try:
        open(place, 'w').close()
    except OSError:
        pass
s = socket.socket(socket.AF_UNIX)
try:
    s.bind('\\0left-behind')
except OSError:
    found.append('socket')
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
print(found, flush=True)
os._exit(0)
"""

_PATCHES = """\
import builtins, os, sys
if sys.argv[1] == 'look':
    print(len([1, 2]), print.__module__, sorted(os.listdir('.')), hasattr(builtins, 'patched'), os.getcwd())
    sys.exit()
spoiled = "import builtins; builtins.patched = True; builtins.len = lambda x: 4711"
for name in ('sitecustomize.py', 'usercustomize.py', 'conftest.py', 'os.py', 'spoiled.pth'):
    for folder in ('.', os.path.expanduser('~/.local/lib/python3.11/site-packages'), *sys.path, '/box', '/box/program'):
        try:
            os.makedirs(folder, exist_ok=True)
            open(os.path.join(folder, name), 'w').write(spoiled)
        except (OSError, ValueError): pass
exec(spoiled)
builtins.print = sys.stdout.write = sys.__stdout__ = lambda *words: None
os.environ['PYTHONSTARTUP'] = os.environ['PYTHONPATH'] = '/box/work'
os.write(1, b"2 builtins [] False /box/work\\n")
"""

_SEES = """\
import gc, os, sys
seen = []
frame = sys._getframe()
while frame.f_back:
    frame = frame.f_back
    seen.append(frame.f_code.co_filename)
seen += [thing for thing in gc.get_objects() if type(thing).__module__.startswith(('sandbox', 'assessor'))]
seen += [name for name in sys.modules if name.startswith(('sandbox', 'assessor', 'pytest', 'unittest'))]
seen += sys.argv[1:]
print(seen, sorted(os.listdir('/box')))
"""

PROBES = (
    Probe(
        "rewrites its own program and source",
        "python3",
        "import os\nopened = 0\nfor folder, _, files in os.walk('/box'):\n    for name in files:\n        path = os.path.join(folder, name)\n"
        "        for attack in (lambda: open(path, 'a'), lambda: os.chmod(path, 0o777), lambda: os.unlink(path)):\n"
        "            try:\n                attack()\n                opened += 1\n            except OSError: pass\nprint('changed', opened)\n",
        FINISHED,
        (41, 57),
        runs=((), ()),
        stdout=b"changed 0\n",
    ),
    Probe(
        "rewrites its own executable",
        "c",
        "#include <fcntl.h>\n#include <stdio.h>\n#include <unistd.h>\n#include <sys/stat.h>\n"
        'int main(void) { chmod("/box/program/main", 0777); int a = open("/proc/self/exe", O_WRONLY), '
        'b = open("/box/program/main", O_WRONLY), c = unlink("/box/program/main"); puts(a < 0 && b < 0 && c < 0 ? "safe" : "changed"); }\n',
        FINISHED,
        (41, 51),
        runs=((), ()),
        stdout=b"safe\n",
    ),
    Probe(
        "speaks the supervisor's language",
        "python3",
        f"import sys\nsys.stdout.buffer.write({_FORGED!r})\nsys.stdout.flush()\n",
        FINISHED,
        (58,),
        stdout=_FORGED,
        limits=limits(cpu_ms=2000),
    ),
    Probe(
        "writes to every descriptor there is",
        "python3",
        "import os\nreached = []\nfor fd in range(3, 1024):\n    try:\n        os.fstat(fd)\n        reached.append(fd)\n"
        "    except OSError: pass\nprint(reached)\n",
        FINISHED,
        (51, 58),
        stdout=b"[]\n",
    ),
    Probe(
        "rewrites its input",
        "python3",
        "import os\nrefused = 0\nfor attack in (lambda: os.write(0, b'x'), lambda: os.ftruncate(0, 0), lambda: open('/dev/stdin', 'r+b')):\n"
        "    try: attack()\n    except OSError: refused += 1\nprint(refused, input())\n",
        FINISHED,
        (57,),
        stdin=b"as it was\n",
        stdout=b"3 as it was\n",
    ),
    Probe(
        "a zero byte in the output",
        "c",
        '#include <stdio.h>\nint main(void) { fwrite("a\\0b", 1, 3, stdout); }\n',
        threats=(63,),
        stdout=b"a\0b",
    ),
    Probe(
        "leaves something for the next run",
        "python3",
        _LEAVES,
        FINISHED,
        (53, 54, 66),
        runs=((), (), ()),
        stdout=b"[]\n",
        limits=limits(cpu_ms=8000),
    ),
    Probe(
        "spoils its interpreter for the next run",
        "python3",
        _PATCHES,
        FINISHED,
        (61, 66),
        runs=(("spoil",), ("look",)),
        stdout=b"2 builtins [] False /box/work\n",
        limits=limits(cpu_ms=3000),
    ),
    Probe(
        "looks for whoever judges it",
        "python3",
        _SEES,
        FINISHED,
        (62,),
        stdout=b"[] ['build', 'program', 'source', 'work']\n",
    ),
    Probe(
        "ends early as if all were well",
        "python3",
        "import atexit, os\natexit.register(print, 'too late')\nos._exit(0)\n",
        FINISHED,
        (59,),
        stdout=b"",
    ),
    Probe(
        "ends before it begins",
        "c",
        "#include <stdlib.h>\n__attribute__((constructor)) static void first(void) { exit(0); }\nint main(void) { abort(); }\n",
        FINISHED,
        (59,),
        stdout=b"",
    ),
)
