"""Programs that take more than they should while they run."""

from __future__ import annotations

from sandbox.probes import DIED, FINISHED, STOPPED, Probe, limits
from sandbox.spec import Ending

_MEMORY = frozenset({Ending.MEMORY_LIMIT})
_OUTPUT = frozenset({Ending.OUTPUT_LIMIT})
_WALL = frozenset({Ending.WALL_LIMIT})
_CPU = frozenset({Ending.CPU_LIMIT})

_C = "#define _GNU_SOURCE\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n#include <signal.h>\n"

PROBES = (
    Probe("fork bomb", "c", _C + "int main(void) { for (;;) fork(); }\n", STOPPED, (1,), succeeds=None),
    Probe(
        "bomb that leaves its parent and session",
        "c",
        _C + 'int main(void) { puts("done"); fflush(stdout); if (fork()) _exit(0); for (;;) { setsid(); fork(); } }\n',
        frozenset({Ending.EXITED, Ending.CPU_LIMIT}),
        (2,),
        stdout=b"done\n",
        succeeds=None,
    ),
    Probe(
        "children write on after the parent's end",
        "python3",
        "import os, time\nprint('parent', flush=True)\nfor _ in range(5):\n    if os.fork() == 0:\n"
        "        time.sleep(0.3)\n        os.write(1, b'child\\n')\n        os._exit(0)\nos._exit(0)\n",
        threats=(3,),
        stdout=b"parent\n",
    ),
    Probe(
        "thread bomb",
        "c",
        _C + "#include <pthread.h>\nvoid *f(void *x) { pthread_t t; for (;;) if (pthread_create(&t, 0, f, 0)) sleep(1); }\n"
        "int main(void) { f(0); }\n",
        STOPPED | DIED,
        (4,),
        succeeds=None,
    ),
    Probe(
        "a huge static array",
        "c",
        _C + "static char a[512 << 20];\nint main(void) { memset(a, 1, sizeof a); return a[12345] - 1; }\n",
        _MEMORY,
        (6,),
        succeeds=None,
    ),
    Probe(
        "memory that is reserved but not used does not count",
        "c",
        _C + 'int main(void) { char *p = malloc(1u << 30); puts(p ? "fine" : "refused"); }\n',
        FINISHED,
        (7,),
        stdout=b"fine\n",
    ),
    Probe(
        "memory split over children",
        "c",
        _C + "void dead(int s) { _exit(1); }\n"
        "int main(void) { int ready[2], hold[2]; char c; if (pipe(ready) || pipe(hold)) return 2; signal(SIGCHLD, dead);\n"
        "for (int i = 0; i < 8; i++) if (!fork()) { volatile char *p = malloc(60 << 20); for (int k = 0; k < 60 << 20; k += 4096) p[k] = 1;\n"
        '    write(ready[1], "x", 1); read(hold[0], &c, 1); _exit(0); }\n'
        'for (int i = 0; i < 8; i++) read(ready[0], &c, 1);\nputs("kept"); fflush(stdout); _exit(0); }\n',
        _MEMORY,
        (8,),
        succeeds=None,
    ),
    Probe(
        "hides memory behind output that is not there",
        "c",
        _C
        + 'int main(void) { int ready[2]; char c; if (pipe(ready) || ftruncate(1, 48 << 20)) return 2; puts("fine"); fflush(stdout);\n'
        'for (int i = 0; i < 4; i++) if (!fork()) { memset(malloc(16 << 20), 1, 16 << 20); write(ready[1], "x", 1); pause(); }\n'
        "for (int i = 0; i < 4; i++) read(ready[0], &c, 1);\nusleep(200000); return ftruncate(1, 5); }\n",
        _MEMORY,
        (8,),
        runs=((), ()),
        succeeds=None,
        limits=limits(memory_kib=32 * 1024, output_kib=64 * 1024),
    ),
    Probe(
        "files in memory",
        "python3",
        "for place in ('/dev/shm', '/tmp', '.'):\n    try:\n        for i in range(400):\n"
        "            open(f'{place}/{i}', 'wb').write(bytes(1 << 20))\n    except OSError as error:\n        print(error.errno)\n",
        _MEMORY | FINISHED,
        (9,),
        succeeds=None,
    ),
    Probe(
        "recursion without end",
        "c",
        _C + "int f(int n) { volatile char a[256]; a[0] = n; return f(n + 1) + a[0]; }\nint main(void) { return f(0); }\n",
        _MEMORY | {Ending.SIGNALLED},
        (10,),
        succeeds=None,
    ),
    Probe(
        "recursion a million deep is allowed",
        "c",
        _C
        + 'int f(int n) { volatile int a = n; return n ? f(n - 1) + (a == n) : 0; }\nint main(void) { printf("%d\\n", f(1000000)); }\n',
        FINISHED,
        (10,),
        stdout=b"1000000\n",
    ),
    Probe(
        "right answer, then sleep",
        "python3",
        "import time\nprint(42, flush=True)\ntime.sleep(60)\n",
        _WALL,
        (12,),
        succeeds=None,
    ),
    Probe("waits for a signal", "c", _C + "int main(void) { pause(); }\n", _WALL, (12,), succeeds=None),
    Probe("stops itself", "c", _C + "int main(void) { raise(SIGSTOP); for (;;) pause(); }\n", _WALL, (13,), succeeds=None),
    Probe(
        "children that stop whoever comes to kill them",
        "python3",
        "import os, signal\nparent = os.getpid()\n"
        "if os.fork() == 0:\n    while os.getppid() == parent:\n        pass\n    while True:\n"
        "        try:\n            os.kill(-1, signal.SIGSTOP)\n        except ProcessLookupError:\n            pass\n"
        "print(42)\n",
        FINISHED,
        (13,),
        runs=((),) * 20,
        stdout=b"42\n",
    ),
    Probe(
        "stops its parent",
        "c",
        _C + 'int main(void) { int r = kill(getppid(), SIGSTOP); puts(r ? "safe" : "sent"); }\n',
        FINISHED,
        (13,),
        stdout=b"safe\n",
    ),
    Probe(
        "CPU time burnt in children nobody waits for",
        "c",
        _C + "int main(void) { signal(SIGCHLD, SIG_IGN); for (int i = 0; i < 4; i++) if (!fork()) for (;;); sleep(30); }\n",
        _CPU,
        (14,),
        succeeds=None,
    ),
    Probe(
        "children for the supervisor, faster than it can count them",
        "c",
        _C + "#include <sched.h>\n#include <sys/syscall.h>\nint main(void) { for (int i = 0; i < 8; i++) if (!fork())\n"
        "    for (;;) if (!syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)) _exit(0);\nsleep(30); }\n",
        _CPU,
        (2, 14),
        succeeds=None,
    ),
    Probe(
        "CPU time burnt in threads",
        "c",
        _C + "#include <pthread.h>\nvoid *f(void *x) { for (;;); }\n"
        "int main(void) { pthread_t t; for (int i = 0; i < 4; i++) pthread_create(&t, 0, f, 0); sleep(30); }\n",
        _CPU,
        (14,),
        succeeds=None,
    ),
    Probe(
        "errors without end beside the right answer",
        "python3",
        "import sys\nprint(42, flush=True)\nwhile True: sys.stderr.write('x' * 10000)\n",
        _OUTPUT,
        (16,),
        succeeds=None,
        limits=limits(cpu_ms=5000),
    ),
    Probe(
        "right answer, then white space without end",
        "c",
        _C + "int main(void) { puts(\"42\"); for (;;) putchar(' '); }\n",
        _OUTPUT,
        (17,),
        succeeds=None,
    ),
    Probe(
        "one byte too many, deaf to the signal",
        "python3",
        "import sys, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\ntry:\n    for _ in range(2000): sys.stdout.buffer.write(b'x' * 1024)\n"
        "    sys.stdout.flush()\nexcept OSError: pass\nimport os\nos._exit(0)\n",
        _OUTPUT,
        (15,),
        succeeds=None,
    ),
    Probe(
        "exactly as much output as is allowed",
        "python3",
        "import sys\nsys.stdout.write('x' * (1024 * 1024))\n",
        FINISHED,
        (18,),
        stdout=b"x" * (1024 * 1024),
    ),
    Probe(
        "fills the disk",
        "python3",
        "import os\nrefused = 0\nfor place in ('/tmp', '.', '/dev/shm'):\n    try:\n        with open(f'{place}/big', 'wb') as f:\n"
        "            os.posix_fallocate(f.fileno(), 0, 200 << 30)\n    except OSError: refused += 1\n    try:\n"
        "        with open(f'{place}/sparse', 'wb') as f:\n            f.seek(2 << 30)\n            f.write(b'x')\n"
        "    except OSError: refused += 1\nprint(refused)\n",
        FINISHED,
        (19,),
        stdout=b"6\n",
    ),
    Probe(
        "fills the file system with empty files",
        "python3",
        "n = 0\ntry:\n    while True:\n        open(f'/tmp/{n}', 'w').close()\n        n += 1\nexcept OSError: pass\nprint(n < 50000)\n",
        FINISHED,
        (20,),
        stdout=b"True\n",
        limits=limits(cpu_ms=5000),
    ),
    Probe(
        "what cannot be cleaned up easily",
        "python3",
        "import os, sys\nif sys.argv[1] == 'read':\n    print(sum((os.listdir(p) for p in ('/tmp', '.', '/dev/shm')), []))\n    sys.exit()\n"
        "os.chdir('/tmp')\nfor name in (b'a\\nb', b'\\xff\\xfe', b'-rf', b' ', b'*', b'purge.1', b'purge.2'):\n    os.mkdir(name)\n"
        "    open(name + b'/file', 'w').close()\nos.mkdir('/tmp/purge.1/x')\nos.mkdir('/tmp/purge.1/x/y')\nos.symlink('/etc', '/tmp/purge.2/link')\n"
        "os.mkfifo('/tmp/fifo')\nfor place in ('/tmp', '/dev/shm', '/box/work'):\n    os.chdir(place)\n    for _ in range(1000):\n"
        "        os.mkdir('d')\n        os.chdir('d')\n    open('deep', 'w').close()\n    os.chmod('.', 0)\nos.chmod('/tmp/purge.1', 0)\nos.chdir('/box/work')\nprint([])\n",
        FINISHED,
        (21, 39, 53, 66),
        runs=(("write",), ("read",)),
        stdout=b"[]\n",
        limits=limits(cpu_ms=3000),
    ),
    Probe(
        "fills the system's log",
        "python3",
        "import syslog\ntry:\n    for _ in range(1000): syslog.syslog('x' * 1000)\nexcept OSError: pass\n"
        "try:\n    open('/dev/kmsg', 'w').write('x')\n    print('written')\nexcept OSError: print('safe')\n",
        FINISHED,
        (22,),
        stdout=b"safe\n",
    ),
    Probe(
        "one byte at a time",
        "python3",
        "import time\nwhile True:\n    print('x', end='', flush=True)\n    time.sleep(0.5)\n",
        _WALL,
        (23,),
        succeeds=None,
    ),
    Probe(
        "does not read its input",
        "python3",
        "import os\nos.close(0)\nprint('done')\n",
        FINISHED,
        (24,),
        stdin=b"x" * (24 << 20),
        stdout=b"done\n",
    ),
)
