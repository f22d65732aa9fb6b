"""Programs that look for a way out: privileges, the network, the kernel, other processes, other people's files."""

from __future__ import annotations

from sandbox.probes import FINISHED, Probe, limits
from sandbox.spec import Ending

_C = (
    "#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <sched.h>\n#include <signal.h>\n#include <stdio.h>\n"
    "#include <string.h>\n#include <sys/mount.h>\n#include <sys/ptrace.h>\n#include <sys/reboot.h>\n#include <sys/socket.h>\n"
    "#include <sys/stat.h>\n#include <sys/syscall.h>\n#include <sys/types.h>\n#include <unistd.h>\n#include <grp.h>\n"
    'static int open_doors;\n#define CLOSED(call) do { if ((long)(call) >= 0) { open_doors++; puts("open: " #call); } } while (0)\n'
    '#define SAY puts(open_doors ? "open" : "safe")\n'
)

_NETWORK = """\
import errno, socket
reached = []
for host in ('1.1.1.1', '127.0.0.1', '172.17.0.1', '169.254.169.254', '10.0.0.1', '::1'):
    for port in (22, 53, 80, 2375, 5432, 6379):
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            s = socket.socket(family, kind)
            s.settimeout(0.05)
            try:
                s.connect((host, port))
                if kind == socket.SOCK_STREAM or (s.send(b'x') and s.recv(1)):
                    reached.append((host, port))
            except OSError:
                pass
            s.close()
try:
    reached.append(socket.getaddrinfo('example.com', 80))
except OSError:
    pass
for family, kind in ((socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_INET, socket.SOCK_RAW), (socket.AF_NETLINK, socket.SOCK_RAW),
                     (socket.AF_VSOCK, socket.SOCK_STREAM), (socket.AF_ALG, socket.SOCK_SEQPACKET)):
    try:
        socket.socket(family, kind)
        reached.append(family)
    except OSError:
        pass
TIPC, DCCP, SCTP, ICMP = 30, (6, 33), (1, 132), (2, 1)
for opened in (lambda: socket.socket(socket.AF_INET, *DCCP), lambda: socket.socket(socket.AF_INET6, *SCTP),
               lambda: socket.socket(socket.AF_INET, *ICMP), lambda: socket.socketpair(TIPC), lambda: socket.socketpair(socket.AF_INET)):
    try:
        opened()
        reached.append('another protocol')
    except OSError as error:
        if error.errno not in (errno.EPROTONOSUPPORT, errno.EAFNOSUPPORT):
            reached.append(error)  # the kernel has looked for it
print(reached)
"""

_STATUS = """\
import ctypes, os
status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
fields = ('CapInh', 'CapPrm', 'CapEff', 'CapAmb')
PR_GET_NO_NEW_PRIVS = 39
print(os.getuid() > 0, os.geteuid() > 0, os.getgid() > 0, os.getgroups(), [int(status.get(f, '0'), 16) for f in fields],
      ctypes.CDLL(None).prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), status['Seccomp'].strip())
setuid = []
for top, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ('/proc', '/sys')]
    for name in files:
        try:
            if os.lstat(os.path.join(top, name)).st_mode & 0o6000:
                setuid.append(name)
        except OSError:
            pass
print(setuid)
"""

_WRITES = """\
import os
written = []
for top, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ('/proc', '/sys', '/tmp', '/dev/shm', '/box/work', '/box/build', '/dev/mqueue')]
    try:
        open(os.path.join(top, 'x'), 'w').close()
        written.append(top)
    except OSError:
        pass
for path in ('/proc/sysrq-trigger', '/proc/sys/kernel/core_pattern', '/sys/kernel/uevent_helper', '/proc/sys/vm/drop_caches',
             '/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/pids/pids.max',
             '/proc/1/mem', '/proc/1/oom_score_adj', '/etc/passwd', '/etc/hosts', '/etc/resolv.conf'):
    try:
        open(path, 'r+').write('0')
        written.append(path)
    except OSError:
        pass
print(written)
"""

_LOOKS = """\
import os
seen = []
mine = {str(os.getpid()), 'self', 'thread-self'}
for pid in filter(str.isdigit, os.listdir('/proc')):
    if pid in mine:
        continue
    status = dict(line.split(':', 1) for line in open(f'/proc/{pid}/status') if ':' in line)
    if set(status['Uid'].split()) != {'0'}:
        seen.append(('a process of somebody else', pid))
    for name in ('environ', 'mem', 'maps', 'smaps', 'auxv', 'stack', 'syscall', 'fd', 'map_files', 'cwd', 'root', 'exe', 'ns/mnt'):
        path = f'/proc/{pid}/{name}'
        try:
            os.listdir(path) if name in ('fd', 'map_files') else os.readlink(path) if name in ('cwd', 'root', 'exe', 'ns/mnt') else open(path, 'rb').read(16)
            seen.append(path)
        except OSError:
            pass
for path in ('/etc/shadow', '/etc/gshadow', '/var/run/docker.sock', '/run/docker.sock', '/root/.ssh', '/proc/kcore', '/dev/mem', '/dev/sda'):
    try:
        open(path, 'rb').read(1)
        seen.append(path)
    except OSError:
        pass
print(seen)
"""

_HIDES = """\
import os
open_to_all = []
for pid in filter(str.isdigit, os.listdir('/proc')):
    for fd in range(16) if int(pid) != os.getpid() else ():
        try:
            with open(f'/proc/{pid}/fd/{fd}', 'r+b', buffering=0) as file:
                file.write(b'hidden')
            open_to_all.append(os.readlink(f'/proc/{pid}/fd/{fd}'))
        except OSError:
            pass
print(open_to_all)
"""

_REACHES = """\
import os, resource, signal, socket
reached = []
others = [int(pid) for pid in os.listdir('/proc') if pid.isdigit() and int(pid) != os.getpid()]
for pid in others:
    for attack in (lambda: os.kill(pid, signal.SIGKILL), lambda: os.kill(pid, signal.SIGSTOP), lambda: os.kill(pid, signal.SIGUSR1),
                   lambda: open(f'/proc/{pid}/mem', 'r+b'), lambda: open(f'/proc/{pid}/oom_score_adj', 'w').write('1000'),
                   lambda: os.listdir(f'/proc/{pid}/fd'), lambda: resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0)),
                   lambda: os.setpriority(os.PRIO_PROCESS, pid, 19), lambda: os.sched_setaffinity(pid, {0}),
                   lambda: os.setpgid(pid, 0)):
        try:
            attack()
            reached.append(pid)
        except OSError:
            pass
for fd in range(3, 1024):
    try:
        os.fstat(fd)
        reached.append(('open', fd))
    except OSError:
        pass
print(reached, flush=True)
try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
"""

_TAKES_BACK = """\
import os
child = os.fork()
try:
    open('/proc/self/oom_score_adj', 'w').write('500')
    print('taken back')
except OSError:
    print('refused')
if child:
    os.wait()
"""

PROBES = (
    Probe(
        "reaches the network",
        "python3",
        _NETWORK,
        FINISHED,
        (42, 43, 50),
        stdout=b"[]\n",
        limits=limits(cpu_ms=3000, wall_ms=12_000),
    ),
    Probe(
        "has no privileges",
        "python3",
        _STATUS,
        FINISHED,
        (44, 46, 47),
        stdout=b"True True True [] [0, 0, 0, 0] 1 2\n[]\n",
        limits=limits(cpu_ms=5000),
    ),
    Probe(
        "mounts and makes devices",
        "c",
        _C + 'int main(void) { CLOSED(mount("none", "/tmp", "tmpfs", 0, 0)); CLOSED(umount("/proc")); '
        'CLOSED(mknod("/tmp/sda", S_IFBLK | 0666, 0x800)); CLOSED(chroot("/tmp")); CLOSED(setuid(0)); CLOSED(setgid(0)); '
        'CLOSED(setgroups(0, 0)); CLOSED(chown("/tmp", 0, 0)); CLOSED(sethostname("x", 1)); CLOSED(nice(-5)); SAY; }\n',
        FINISHED,
        (44, 45),
        stdout=b"safe\n",
    ),
    Probe(
        "makes namespaces",
        "c",
        _C
        + "int main(void) { int flags[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, 0x02000000};\n"
        "for (int i = 0; i < 7; i++) { CLOSED(unshare(flags[i])); CLOSED(syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0)); }\n"
        'CLOSED(setns(open("/proc/1/ns/mnt", O_RDONLY), 0)); CLOSED(syscall(SYS_clone3, 0, 0)); SAY; }\n',
        FINISHED,
        (45,),
        stdout=b"safe\n",
    ),
    Probe(
        "calls the dangerous corners of the kernel",
        "c",
        _C + "#include <sys/ipc.h>\n#include <sys/shm.h>\n#include <sys/sem.h>\n#include <sys/msg.h>\n#include <mqueue.h>\n"
        "int main(void) { char b[512] = {0}; CLOSED(syscall(SYS_io_uring_setup, 8, b)); CLOSED(syscall(SYS_bpf, 0, b, sizeof b)); "
        "CLOSED(syscall(SYS_perf_event_open, b, 0, -1, -1, 0)); CLOSED(syscall(SYS_userfaultfd, 0)); CLOSED(syscall(SYS_keyctl, 0, -3, 1)); "
        'CLOSED(syscall(SYS_add_key, "user", "x", "y", 1, -3)); CLOSED(syscall(SYS_kexec_load, 0, 0, 0, 0)); CLOSED(syscall(SYS_personality, 0x0040000)); '
        "CLOSED(shmget(1234, 4096, IPC_CREAT | 0666)); CLOSED(semget(1234, 1, IPC_CREAT | 0666)); CLOSED(msgget(1234, IPC_CREAT | 0666)); "
        'CLOSED(mq_open("/x", O_CREAT | O_RDWR, 0666, 0)); CLOSED(open("/dev/mqueue/y", O_CREAT | O_RDWR, 0666)); '
        "CLOSED(syscall(SYS_init_module, b, 10, b)); CLOSED(syscall(SYS_finit_module, 0, b, 0)); CLOSED(syscall(SYS_open_by_handle_at, 3, b, 0)); "
        "CLOSED(syscall(SYS_fanotify_init, 0, 0)); CLOSED(syscall(SYS_syslog, 3, b, 10)); CLOSED(syscall(SYS_swapoff, b)); SAY; }\n",
        FINISHED,
        (50, 54),
        stdout=b"safe\n",
    ),
    Probe(
        "speaks to the kernel in a foreign tongue",
        "c",
        "#include <unistd.h>\n#include <sys/syscall.h>\nint main(void) { return syscall(0x40000000 | SYS_getpid) > 0 ? 0 : 1; }\n",
        frozenset({Ending.SIGNALLED, Ending.EXITED}),
        (50,),
        succeeds=False,
    ),
    Probe(
        "kills, traces and reads the supervisor",
        "c",
        _C
        + "#include <sys/uio.h>\nint main(void) { char b[16]; struct iovec v = {b, 16}, r = {(void *)0x400000, 16}; CLOSED(kill(1, SIGKILL)); "
        "CLOSED(kill(1, SIGSTOP)); CLOSED(ptrace(PTRACE_ATTACH, 1, 0, 0)); CLOSED(syscall(SYS_process_vm_readv, 1, &v, 1, &r, 1, 0)); "
        'CLOSED(syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, 1, 0), 0, 0)); CLOSED(open("/proc/1/mem", O_RDWR)); SAY; fflush(stdout); kill(-1, SIGKILL); }\n',
        FINISHED | {Ending.SIGNALLED},
        (48,),
        runs=((), ()),
        stdout=b"safe\n",
        succeeds=None,
    ),
    Probe(
        "kills, stops and reads the interpreter it came from",
        "python3",
        _REACHES,
        FINISHED,
        (48,),
        runs=((), (), ()),
        stdout=b"[]\n",
    ),
    Probe(
        "restarts the machine",
        "c",
        _C + "int main(void) { sync(); CLOSED(reboot(RB_AUTOBOOT)); CLOSED(reboot(RB_POWER_OFF)); SAY; }\n",
        FINISHED,
        (49,),
        stdout=b"safe\n",
    ),
    Probe("writes where it should not", "python3", _WRITES, FINISHED, (38, 44, 52), stdout=b"[]\n", limits=limits(cpu_ms=5000)),
    Probe("hides something in the supervisor's files", "python3", _HIDES, FINISHED, (48, 66), runs=((), ()), stdout=b"[]\n"),
    Probe(
        "takes back that it is the first to die",
        "python3",
        _TAKES_BACK,
        FINISHED,
        (48,),
        stdout=b"refused\nrefused\n",
    ),
    Probe("looks at others", "python3", _LOOKS, FINISHED, (44, 48, 55), stdout=b"[]\n"),
    Probe(
        "prints its environment",
        "python3",
        "import os\nprint(sorted(os.environ), open('/proc/1/cmdline').read().split('\\0')[0])\n",
        FINISHED,
        (56,),
        stdout=b"['HOME', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONIOENCODING'] /usr/local/bin/supervisor\n",
    ),
)
