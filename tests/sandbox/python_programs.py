"""Programs that show how a Python interpreter starts, runs and ends: each must do the same in a new and in a preloaded one."""

# ruff: noqa: E501
from __future__ import annotations

PORTRAIT = """\
import builtins, gc, os, resource, signal, sys, threading

status = dict(line.rstrip("\\n").split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
kept = ("Umask", "Groups", "Threads", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb",
        "NoNewPrivs", "Seccomp", "Name", "CoreDumping", "TracerPid")
print({name: status.get(name) for name in kept})
print(os.getuid() > 0, len({os.getuid(), os.geteuid(), os.getgid(), os.getegid()}), os.getresuid() == (os.getuid(),) * 3, os.getgroups())
print(os.getsid(0) == os.getpid() == os.getpgrp(), os.getppid(), os.getcwd(), os.nice(0), os.sched_getscheduler(0), os.sched_getaffinity(0))
print([(name, resource.getrlimit(getattr(resource, name))) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")])
print({number: str(signal.getsignal(number)) for number in range(1, 65) if signal.getsignal(number) is not None})
print(sorted(os.listdir("/proc/self/fd")), [oct(os.stat(f"/proc/self/fd/{fd}").st_mode) for fd in range(3)])
print([os.path.basename(os.readlink(f"/proc/self/fd/{fd}")) for fd in range(3)], os.readlink("/proc/self/exe"))
print(open("/proc/self/cmdline").read().split("\\0"), open("/proc/self/comm").read(), open("/proc/self/oom_score_adj").read())
print([name for name in open("/proc/self/environ").read().split("\\0") if name], dict(os.environ), os.environb)
print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.executable, sys.prefix, sys.version, sys.warnoptions, sys._xoptions)
print(list(sys.modules), sorted(set(dir(sys))), sorted(dir(builtins)), sys.meta_path, sys.path_hooks)
print(sorted(sys.path_importer_cache.items(), key=str))
print(list(globals()), __name__, __file__, __doc__, __spec__, __package__, __loader__.path, __loader__.name, __builtins__, __cached__)
print([(s.encoding, s.errors, s.line_buffering, s.write_through, s.newlines, s.name, s.mode, s.isatty(), s.seekable(), s.fileno(), s.buffer)
       for s in (sys.stdin, sys.stdout, sys.stderr)])
print([(s._CHUNK_SIZE, type(s.buffer).__name__, repr(s.buffer.raw), s.buffer.raw._blksize) for s in (sys.stdin, sys.stdout, sys.stderr)])
print(sys.stdin.tell(), sys.stdin.buffer.tell(), os.lseek(0, 0, 1), sys.stdout is sys.__stdout__)
print(sys.getrecursionlimit(), sys.getswitchinterval(), threading.stack_size(), sys.getfilesystemencoding(), sys.getdefaultencoding())
print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), sys.gettrace(), sys.getprofile(), sys.excepthook, sys.displayhook)
print(threading.current_thread().name, threading.main_thread().native_id == os.getpid(), threading.get_native_id() == os.getpid(), threading.active_count())
print(sys.getrefcount(None) > 100, sys.getdlopenflags(), sys.thread_info, sys.hash_info, sys.int_info, sys.float_info, sys.float_repr_style)
"""

PROGRAMS: dict[str, str] = {
    "portrait": PORTRAIT,
    "several lines": "import sys\nfor line in sys.stdin:\n    print(line.strip()[::-1])\n",
    "end of input": "print(input())\nprint(input())\nprint(input())\n",
    "raw input": "import os\nprint(os.read(0, 3))\nprint(input())\nprint(open(0, closefd=False).read())\n",
    "input by name": "print(open('/dev/stdin').read())\nopen('/dev/stdout', 'w').write('by name')\nopen('/dev/stderr', 'a').write('too')\n",
    "bytes": "import sys\nsys.stdout.buffer.write(bytes(range(256)))\nprint('after')\nsys.stdout.flush()\nsys.stdout.buffer.write(b'x' * 9000)\n",
    "letters": "print('åäö', '\\u0645', '\\U0001f600')\nprint(ascii(input()))\n",
    "surrogates": "print('before')\nprint('\\udc80')\n",
    "both streams": "import sys\nfor i in range(5):\n    print(i)\n    print(-i, file=sys.stderr)\nprint('x' * 5000)\n",
    "exit 3": "import sys\nprint('a')\nsys.exit(3)\n",
    "exit 256": "import sys\nsys.exit(256)\n",
    "exit -1": "import sys\nsys.exit(-1)\n",
    "exit with words": "import sys\nsys.exit('no more')\n",
    "exit with a list": "import sys\nsys.exit([1, 2])\n",
    "exit with a huge number": "import sys\nsys.exit(1 << 70)\n",
    "exit with nothing": "raise SystemExit\n",
    "exit by the built-in": "print(1)\nexit(4)\n",
    "exit at once": "import os\nprint('lost')\nos._exit(5)\n",
    "exit in a thread": "import sys, threading\nt = threading.Thread(target=lambda: sys.exit(7))\nt.start()\nt.join()\nprint('goes on')\n",
    "division": "def f(n):\n    return 1 // n\n\n\nprint('before')\nf(0)\n",
    "chained exceptions": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('ö') from e\n",
    "exception group": "raise ExceptionGroup('both', [ValueError(1), TypeError(2)])\n",
    "exception without words": "class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E\n",
    "assertion": "assert input() == 'something else', 'not so'\n",
    "interrupt": "raise KeyboardInterrupt\n",
    "interrupted by a signal": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n",
    "terminated": "import os, signal\nprint('lost')\nos.kill(os.getpid(), signal.SIGTERM)\n",
    "aborted": "import os\nos.abort()\n",
    "handles a signal": "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *_: print('handled'))\nos.kill(os.getpid(), signal.SIGUSR1)\n",
    "alarm": "import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: print('rang'))\nsignal.setitimer(signal.ITIMER_REAL, .01)\ntime.sleep(.2)\n",
    "hooks": "import sys\nsys.excepthook = lambda *a: print('hook', a[0], file=sys.stderr)\n1 / 0\n",
    "at exit": "import atexit\nfor i in range(3): atexit.register(print, i)\natexit.register(lambda: 1 / 0)\nprint('end')\n",
    "destructors": "class A:\n    def __init__(self, n): self.n = n\n    def __del__(self): print('del', self.n, __name__, print is None)\n"
    "a = A(1)\nb = A(2)\nb.me = b\n_c = A(3)\nimport os\nos.kept = A(4)\nl = [A(5)]\nl.append(l)\nprint('end')\n",
    "weak references": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'finalized')\nb = A()\nr = weakref.ref(b, lambda _: print('called'))\n"
    "print('end')\n",
    "suspended generators": "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\nx = g()\nnext(x)\nprint('end')\n",
    "unclosed file": "f = open('/box/work/x', 'w')\nf.write('a')\ng = open('/dev/stdout', 'a')\ng.write('written late')\n",
    "closed output": "import sys\nprint('a')\nsys.stdout.close()\n",
    "output that cannot be written": "import os\nos.close(1)\nprint('a')\n",
    "threads": "import threading\nlock = threading.Lock()\nn = 0\ndef work():\n    global n\n    for _ in range(1000):\n        with lock:\n            n += 1\n"
    "ts = [threading.Thread(target=work) for _ in range(4)]\n[t.start() for t in ts]\n[t.join() for t in ts]\nprint(n)\n",
    "thread that is waited for": "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.05), print('late'))).start()\nprint('main ends')\n",
    "failing thread": "import threading\nthreading.excepthook = lambda a: print('thread', a.exc_type)\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n",
    "exit with one of two": "import sys\ntry:\n    sys.exit(3)\nexcept SystemExit as e:\n    kept = e\nsys.exit(4)\n",
    "exit with one that is kept": "import sys\nkept = SystemExit(3)\nsys.exit(4)\n",
    "exit like one that is kept": "import sys\nkept = SystemExit(4)\nsys.exit(4)\n",
    "exit that was caught, then another": "import sys\ntry:\n    sys.exit(3)\nexcept SystemExit:\n    pass\nraise SystemExit(5)\n",
    "exit that was caught, then a thread's": "import sys, _thread\ntry:\n    sys.exit(3)\nexcept SystemExit:\n    pass\n_thread.exit()\n",
    "exit that was caught": "import sys\ntry:\n    sys.exit(3)\nexcept SystemExit:\n    print('caught')\n",
    "exit through a finally": "import sys\ndef f():\n    try:\n        sys.exit(3)\n    finally:\n        print('finally')\nf()\n",
    "exit with too many": "import sys\nsys.exit(1, 2)\n",
    "exit with a string of a number": "import sys\nsys.exit('3')\n",
    "exit by main": "import sys\ndef main():\n    print(input())\n    return 0\nsys.exit(main())\n",
    "exit by a kind of its own": "class Leave(SystemExit):\n    @property\n    def code(self):\n        print('asked')\n        return 6\nraise Leave\n",
    "exit with truth": "raise SystemExit(True)\n",
    "exit without a path": "import sys\ndel __file__\nsys.exit(3)\n",
    "end without a path": "del __file__\nprint('end')\n",
    "exit at exit": "import atexit, sys\natexit.register(sys.exit, 9)\nprint('end')\n",
    "exit after atexit by hand": "import atexit, sys\natexit.register(print, 'early')\natexit._run_exitfuncs()\nprint('goes on')\nsys.exit(8)\n",
    "end after atexit was cleared": "import atexit\natexit.register(print, 'never')\natexit._clear()\nclass A:\n    def __del__(self): print('del')\na = A()\n",
    "exit of a child": "import os, sys\npid = os.fork()\nif not pid:\n    print('child')\n    sys.exit(5)\nprint(os.waitstatus_to_exitcode(os.wait()[1]))\n",
    "end of a child": "import os\nif os.fork():\n    print(os.wait()[1])\nelse:\n    print('child')\n",
    "destructor without a place": "class A:\n    __slots__ = ()\n    def __del__(self): print('del')\na = A()\nprint('end')\n",
    "destructor of a kind": "class M(type):\n    def __del__(cls): print('del', cls.__name__)\nclass A(metaclass=M): pass\nprint('end')\n",
    "destructor that fails": "class A:\n    def __del__(self): 1 / 0\na = A()\n",
    "coroutine nobody awaited": "async def f(): pass\nx = f()\nprint('end')\n",
    "generator in use": "def g():\n    yield 1\n    yield 2\nx = g()\nprint(next(x), *g())\n",
    "watched collector": "import gc\ngc.callbacks.append(lambda phase, info: print(phase))\nprint('end')\n",
    "collector that tells": "import gc\ngc.set_debug(gc.DEBUG_SAVEALL)\nl = []\nl.append(l)\ndel l\ngc.collect()\nprint(gc.garbage)\n",
    "warning of an open file": "import warnings\nwarnings.simplefilter('always')\nf = open(0, closefd=False)\nprint(f.read())\n",
    "open for reading": "print(open(0).read())\nlines = iter(open('/proc/self/comm'))\nprint(next(lines))\n",
    "output of its own": "import io, sys\nsys.stdout = io.StringIO()\nprint('kept from all')\nsys.__stdout__.write('told')\n",
    "output without a flush": "import sys\nclass Out:\n    def write(self, text): sys.__stdout__.write(text.upper())\nsys.stdout = Out()\nprint('told')\n",
    "output that is asked to flush": "import sys\nclass Out:\n    def write(self, text): sys.__stdout__.write(text)\n    def flush(self): sys.__stdout__.write('[flush]')\n"
    "sys.stdout = Out()\nprint('told')\n",
    "output in another dress": "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), write_through=False)\nprint('told')\n",
    "output taken away": "import sys\nprint('told')\nsys.stdout = None\n",
    "buffer that is kept": "import sys\nout = sys.stdout.buffer\nout.write(b'told')\n",
    "descriptor opened again": "import os\nout = os.fdopen(1, 'w')\nout.write('told late')\n",
    "main module replaced": "import sys, types\nmodule = types.ModuleType('__main__')\nclass A:\n    def __del__(self): print('del')\nmodule.a = A()\n"
    "sys.modules['__main__'] = module\nprint('end')\n",
    "exit from a replaced main module": "import sys\nsys.modules['__main__'] = object()\nsys.exit(3)\n",
    "lazy module": "import sys, types\nclass Lazy(types.ModuleType):\n    def __getattr__(self, name):\n        print('asked', name)\n        raise AttributeError(name)\n"
    "sys.modules['lazy'] = Lazy('lazy')\nprint('end')\n",
    "much memory": "l = [[i] for i in range(100_000)]\nprint(len(l))\n",
    "exit with much memory": "import sys\nl = [[i] for i in range(100_000)]\nsys.exit(3)\n",
    "what is used often": "import bisect, collections, functools, heapq, itertools, math, re, string, sys\nfrom dataclasses import dataclass\n"
    "@dataclass\nclass P:\n    x: int\n@functools.lru_cache(None)\ndef f(n): return n < 2 and n or f(n - 1) + f(n - 2)\n"
    "print(f(50), P(1), collections.Counter('aab'), re.sub('a', 'b', 'aa'), isinstance([], collections.abc.Iterable))\n",
    "collector that was made blind": "import gc\nclass A:\n    def __del__(self): print('del')\na = A()\ngc.freeze()\nprint('end')\n",
    "collector made blind for a kind": "import gc\nclass A:\n    __slots__ = ()\n    def __del__(self): print('del')\ngc.freeze()\na = A()\nprint('end')\n",
    "collector that sees again": "import gc\nclass A:\n    def __del__(self): print('del')\na = A()\ngc.freeze()\ngc.unfreeze()\nprint('end')\n",
    "weak reference that tells who asks": "import weakref\nclass R(weakref.ref):\n    @property\n    def __callback__(self): print('asked')\n"
    "class A: pass\na = A()\nr = R(a, lambda _: print('dead'))\nprint('end')\n",
    "told by the C library": "import ctypes\nlibc = ctypes.CDLL(None)\n@ctypes.CFUNCTYPE(None, ctypes.c_void_p)\ndef tell(_): pass\n"
    "libc.__cxa_atexit(libc.puts, b'told', None)\nprint('end')\n",
    "interpreter in the interpreter": "import _xxsubinterpreters as inner\nmade = inner.create()\ninner.run_string(made, 'print(1)')\nprint('end')\n",
    "output that fails to flush once": "import sys\nclass Out:\n    times = 0\n    def write(self, text): sys.__stdout__.write(text)\n    def flush(self):\n"
    "        self.times += 1\n        sys.__stdout__.write(f'[{self.times}]')\n        if self.times == 1: raise OSError('no')\nsys.stdout = Out()\nprint('told')\n",
    "output that tells who asks": "import sys\nclass Out:\n    def __getattr__(self, name):\n        sys.__stdout__.write(f'asked {name}\\n')\n"
    "        raise AttributeError(name)\nsys.stdout = Out()\n",
    "nothing open at the end": "import atexit, os\natexit.register(os.closerange, 0, 1000)\nprint('lost')\n",
    "another program at exit": "import atexit, os\natexit.register(os.execv, '/bin/sh', ['sh', '-c', 'echo other; exit 7'])\nprint('told', flush=True)\n",
    "full device": "import os\nprint('lost')\nos.dup2(os.open('/dev/full', os.O_WRONLY), 1)\n",
    "trace": "import sys\ndef tell(*a): print(a[1])\nsys.setprofile(tell)\nprint('end')\n",
    "wants to be asked": "import os\nos.environ['PYTHONINSPECT'] = '1'\nprint('end')\n",
    "last exception by hand": "import sys\nsys.last_type = ValueError\nprint('end')\n",
    "daemon": "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint('ends')\n",
    "deep recursion": "import sys\nsys.setrecursionlimit(1 << 20)\ndef f(n): return n and 1 + f(n - 1)\nprint(f(50000))\n",
    "endless recursion": "def f(): return f()\nf()\n",
    "deep recursion in a thread": "import sys, threading\nsys.setrecursionlimit(1 << 20)\nthreading.stack_size(64 << 20)\n"
    "def f(n): return n and 1 + f(n - 1)\nt = threading.Thread(target=lambda: print(f(50000)))\nt.start()\nt.join()\n",
    "default thread stack": "import threading\nprint(threading.stack_size())\ndef f(n): return max([n and f(n - 1)])\n"
    "t = threading.Thread(target=lambda: print(f(300)))\nt.start()\nt.join()\n",
    "children": "import os\nprint('once', flush=True)\npid = os.fork()\nif not pid:\n    os._exit(9)\nprint(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    "print(os.popen('echo child $LD_PRELOAD; env | sort').read())\n",
    "subprocesses": "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'import sys; print(sys.stdin.read(), sys.argv)', 'a'],"
    " input='to it', capture_output=True, text=True))\n",
    "processes of a pool": "import multiprocessing\ndef f(x): return x * x\nif __name__ == '__main__':\n"
    "    r, w = multiprocessing.Pipe(False)\n    p = multiprocessing.Process(target=lambda: w.send(f(7)))\n    p.start()\n    print(r.recv())\n    p.join()\n",
    "leftovers": "import os, time\nfor _ in range(3):\n    if not os.fork():\n        os.setsid()\n        os.fork()\n        time.sleep(60)\nprint('done')\n",
    "ignores children": "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nfor _ in range(20):\n    if not os.fork(): os._exit(0)\nprint('done')\n",
    "imports": "import sys\nbefore = set(sys.modules)\nimport bisect, collections, decimal, fractions, functools, heapq, itertools, json, math, random, re, string\n"
    "print(sorted(set(sys.modules) - before))\nprint(collections.Counter('aab'), math.pi, re.findall('a.', 'abac'), 0 <= random.random() < 1)\n"
    "print(heapq.nsmallest(2, [3, 1, 2]), json.dumps({'a': [1.5, None]}), decimal.Decimal(1) / 7, fractions.Fraction(3, 9))\n",
    "missing module": "import no_such_module\n",
    "imports itself": "import sys\nif __name__ == '__main__':\n    import main\n    print(main.__name__, main is sys.modules['__main__'], main.__file__)\n",
    "pickles": "import pickle\nclass A: pass\nprint(pickle.loads(pickle.dumps(A)) is A, pickle.dumps(A))\n",
    "source lines": "import inspect\ndef f(): return 1\nprint(inspect.getsource(f), inspect.getfile(f))\n",
    "data classes": "from dataclasses import dataclass\nfrom typing import NamedTuple\n@dataclass(order=True)\nclass P:\n    x: int\nclass Q(NamedTuple):\n    y: int\n"
    "print(sorted([P(2), P(1)]), Q(3))\n",
    "coroutines": "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return await asyncio.gather(*(asyncio.sleep(0, i) for i in range(3)))\nprint(asyncio.run(f()))\n",
    "coroutine that nobody awaits": "async def f(): pass\nf()\nprint('end')\n",
    "warnings": "import warnings\nwarnings.warn('careful')\nprint(1 is 1)\n",
    "warned about while read": "x = 1\nprint(x is 1, '\\d')\n",
    "global names": "def f():\n    global late\n    late = 1\nf()\nprint(late, sorted(k for k in globals() if not k.startswith('__')))\n",
    "a byte order mark": "\ufeffprint('é')\n",
    "another encoding": "# -*- coding: latin-1 -*-\nprint(len('é'))\n",
    "future": "from __future__ import annotations\ndef f(x: no_such_name): pass\nprint(f.__annotations__)\n",
    "future stays": "from __future__ import annotations\nexec('def g(x: 1): pass')\nprint(g.__annotations__)\n",
    "huge numbers": "print(len(str(7 ** 4000)))\nprint(10 ** 5000)\n",
    "time": "import time\nt = time.perf_counter()\nprint(time.process_time() < 1, time.time() > 1e9, time.perf_counter() >= t)\n",
    "randomness": "import os, random\npids = set()\nprint(len(os.urandom(8)), random.Random(5).random())\n",
    "a long loop": "s = 0\nfor i in range(200000):\n    s += i * i % 7\nprint(s)\n",
}

BROKEN: dict[str, str | bytes] = {
    "unfinished": "def f(:\n",
    "indentation": "if 1:\nprint(1)\n",
    "tabs": "if 1:\n        a = 1\n\tb = 2\n",
    "unclosed": "print((1, 2)\n",
    "zero bytes": b"print(1)\0\n",
    "no text": b"print('\xff\xfe')\n",
    "unknown encoding": "# coding: no-such-thing\nprint(1)\n",
    "nested too deeply": "(" * 300 + ")" * 300 + "\n",
    "a global after use": "def f():\n    x = 1\n    global x\n",
    "return outside": "return 1\n",
    "warned about": "x = 1\nprint(x is 1)\nprint('\\d')\n",
}
