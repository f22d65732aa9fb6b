"""The outer seccomp filter: the system calls that anything in a box, the supervisor included, may make.

Docker's own default allows about a hundred more, among them those for other machines' programs, and the container runtime
translates all of it into a filter for each new container anew, for three machine languages. This one is narrower, for this
machine's language alone, and takes a quarter of the processor time. The second filter, which the supervisor puts on itself
and so on every program (`supervisor/filter.c`), looks at arguments as well.

Names that a kernel does not have are passed over by the runtime. What is not named is refused with EPERM.
"""

from __future__ import annotations

import json

FILES = """
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fallocate
    fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr fstat
    fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr inotify_add_watch inotify_init inotify_init1
    inotify_rm_watch ioctl lchown lgetxattr link linkat listxattr llistxattr lremovexattr lseek lsetxattr lstat memfd_create
    mkdir mkdirat mknod mknodat newfstatat open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read
    readahead readlink readlinkat readv removexattr rename renameat renameat2 rmdir sendfile setxattr splice stat statfs statx
    symlink symlinkat sync sync_file_range syncfs tee truncate umask unlink unlinkat utime utimensat utimes write writev
    io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit
"""
WAITING = """
    alarm clock_getres clock_gettime clock_nanosleep epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait
    eventfd eventfd2 futex futex_requeue futex_wait futex_waitv futex_wake getitimer gettimeofday nanosleep pause poll ppoll
    pselect6 restart_syscall select setitimer signalfd signalfd4 time timer_create timer_delete timer_getoverrun timer_gettime
    timer_settime timerfd_create timerfd_gettime timerfd_settime times
"""
MEMORY = """
    brk cachestat get_mempolicy madvise mbind membarrier mincore mlock mlock2 mlockall mmap mprotect mremap msync munlock
    munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages set_mempolicy
"""
PROCESSES = """
    arch_prctl capget capset clone execve execveat exit exit_group fork get_robust_list getcpu getegid geteuid getgid getgroups
    getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit getrusage getsid gettid getuid ioprio_get
    ioprio_set kill landlock_add_rule landlock_create_ruleset landlock_restrict_self pidfd_open pidfd_send_signal prctl
    prlimit64 rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield
    seccomp set_robust_list set_tid_address setfsgid setfsuid setgid setgroups setpgid setpriority setregid setresgid setresuid
    setreuid setrlimit setsid setuid sigaltstack sysinfo tgkill tkill uname vfork wait4 waitid
"""
SOCKETS = """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto
    setsockopt shutdown socket socketpair
"""
NO_SUCH_CALL = 38
"""The system's number for it (ENOSYS). The C library then makes its threads with `clone`, whose flags can be looked at."""


def filter_profile() -> str:
    """The filter as Docker takes it in `SecurityOpt`; without a list of architectures it is for the machine's own."""
    allowed = " ".join((FILES, WAITING, MEMORY, PROCESSES, SOCKETS)).split()
    rules = [
        {"names": allowed, "action": "SCMP_ACT_ALLOW"},
        {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": NO_SUCH_CALL},
    ]
    return json.dumps({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": rules}, separators=(",", ":"))
