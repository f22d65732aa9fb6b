"""Programs that try each wall of `sandbox/hardening.py` by itself: whether it is there, not only whether another holds."""

from __future__ import annotations

from sandbox import hardening
from sandbox.probes import FINISHED, Probe, limits

_CALLS = """\
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
opened = []
# as every machine numbers them: madvise and release for others, quotas by descriptor, mounts, secret memory, io_uring,
# kernel and clock of x86 and arm64 by name below
for number in (425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447, 448, *range(451, 600)):
    ctypes.set_errno(0)
    if libc.syscall(ctypes.c_long(number), -1, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        opened.append((number, ctypes.get_errno()))
print(opened)
"""

_MASKED = f"""\
import os
told = []
for path in {hardening.MASKED!r}:
    try:
        shown = os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(64)
    except OSError:
        continue
    if shown:
        told.append(path)
print(told)
"""

_LIMITS = """\
import os, resource, signal
R = resource
hard = {name: R.getrlimit(getattr(R, 'RLIMIT_' + name))[1] for name in ('CORE', 'MEMLOCK', 'MSGQUEUE', 'NICE', 'RTPRIO')}
raised = []
for name in ('NPROC', 'NOFILE', 'FSIZE', 'CPU', 'SIGPENDING', *hard):
    what = getattr(R, 'RLIMIT_' + name)
    try:
        R.setrlimit(what, (R.getrlimit(what)[1] + 1,) * 2)
        raised.append(name)
    except (OSError, ValueError): pass
import ctypes
libc = ctypes.CDLL(None)
timers = 0
while timers < 5000 and libc.timer_create(1, None, ctypes.byref(ctypes.c_long())) == 0:
    timers += 1
print(hard, raised, timers < 2000)
"""

_MOUNTS = """\
wrong = []
for line in open('/proc/self/mountinfo'):
    before, after = line.split(' - ')
    place, options = before.split()[4:6]
    options = set(options.split(','))
    if place.startswith('/box') or place in ('/tmp', '/dev/shm'):
        if not {'nosuid', 'nodev'} <= options or 'size=' not in after: wrong.append((place, options))
    elif not place.startswith(('/proc', '/dev')) and place != '/sys/fs/cgroup' and 'ro' not in options:
        wrong.append((place, options))
    if after.split()[0] in ('ext4', 'xfs', 'btrfs') and 'ro' not in options:
        wrong.append((place, after))
import os, stat
known = {'null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx'}
for top, _, names in os.walk('/dev'):
    for name in names:
        mode = os.lstat(os.path.join(top, name)).st_mode
        if stat.S_ISBLK(mode) or stat.S_ISCHR(mode) and name not in known: wrong.append(name)
print(wrong)
"""

PROBES = (
    Probe("tries every call the kernel has learnt lately", "python3", _CALLS, FINISHED, (50,), stdout=b"[]\n"),
    Probe("reads what the kernel tells about the machine", "python3", _MASKED, FINISHED, (55,), stdout=b"[]\n"),
    Probe(
        "raises its own limits",
        "python3",
        _LIMITS,
        FINISHED,
        (5, 44),
        stdout=b"{'CORE': 0, 'MEMLOCK': 0, 'MSGQUEUE': 0, 'NICE': 0, 'RTPRIO': 0} [] True\n",
    ),
    Probe(
        "looks for a writable mount or a device",
        "python3",
        _MOUNTS,
        FINISHED,
        (44, 52),
        stdout=b"[]\n",
        limits=limits(cpu_ms=2000),
    ),
)
