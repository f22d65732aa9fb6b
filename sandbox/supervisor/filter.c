/* The second seccomp filter, stacked on the container runtime's own. The default filters of several Docker versions leave
 * calls open that let state or traffic leak from one run to the next or that have opened holes in kernels before. */
#include "supervisor.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#define FOREIGN_BIT 0x40000000u /* the x32 numbers */
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#define FOREIGN_BIT 0x40000000u
#else
#error "add the audit architecture of this machine"
#endif

#define NAMESPACES \
    (CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

/* The newest call looked at here: set_mempolicy_home_node of Linux 5.17. What came later does not exist for programs, as on an
 * older kernel, and libraries know what to do then: no new call is open before somebody has thought about it. */
#define NEWEST_CALL 450

static const uint32_t refused[] = {
    /* a second way to every other call */
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    /* objects that outlive the process that made them */
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_semget, SYS_semop, SYS_semctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl,
    SYS_mq_open, SYS_mq_unlink, SYS_keyctl, SYS_add_key, SYS_request_key,
    /* looking into other processes */
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd, SYS_perf_event_open,
    SYS_process_madvise, SYS_process_mrelease, SYS_move_pages, SYS_migrate_pages,
    /* the kernel and the machine */
    SYS_bpf, SYS_userfaultfd, SYS_fanotify_init, SYS_memfd_secret, SYS_vmsplice, SYS_personality, SYS_reboot, SYS_kexec_load,
    SYS_kexec_file_load, SYS_settimeofday, SYS_clock_settime, SYS_quotactl_fd, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_acct, SYS_quotactl,
    SYS_open_by_handle_at, SYS_name_to_handle_at,
    /* namespaces and mounts */
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen,
    SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
#ifdef SYS_modify_ldt
    SYS_modify_ldt, SYS_iopl, SYS_ioperm, /* 16-bit segments and the machine's ports: nothing here needs them */
#endif
};

#define COUNT(array) (sizeof array / sizeof *array)
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))
#define LOAD(offset) (struct sock_filter) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define IF(test, value, then, otherwise) (struct sock_filter) BPF_JUMP(BPF_JMP | test | BPF_K, value, then, otherwise)
#define ANSWER(action) (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, action)
#define REFUSE(error) ANSWER(SECCOMP_RET_ERRNO | (error))

int install_filter(void) {
    struct sock_filter code[2 * COUNT(refused) + 48];
    unsigned short n = 0;
    code[n++] = LOAD(offsetof(struct seccomp_data, arch));
    code[n++] = IF(BPF_JEQ, NATIVE, 1, 0);
    code[n++] = ANSWER(SECCOMP_RET_KILL_PROCESS);
    code[n++] = LOAD(offsetof(struct seccomp_data, nr));
    code[n++] = IF(BPF_JGE, FOREIGN_BIT, 0, 1);
    code[n++] = ANSWER(SECCOMP_RET_KILL_PROCESS);
    code[n++] = IF(BPF_JGT, NEWEST_CALL, 0, 1);
    code[n++] = REFUSE(ENOSYS);
    for (size_t i = 0; i < COUNT(refused); i++) {
        code[n++] = IF(BPF_JEQ, refused[i], 0, 1);
        code[n++] = REFUSE(EPERM);
    }
    /* clone3 hides its flags behind a pointer; the C library falls back to clone, whose flags can be seen */
    code[n++] = IF(BPF_JEQ, SYS_clone3, 0, 1);
    code[n++] = REFUSE(ENOSYS);
    code[n++] = IF(BPF_JEQ, SYS_clone, 0, 4);
    code[n++] = LOAD(ARGUMENT(0));
    code[n++] = IF(BPF_JSET, NAMESPACES, 0, 1);
    code[n++] = REFUSE(EPERM);
    code[n++] = ANSWER(SECCOMP_RET_ALLOW);
    /* sockets to oneself only; there is no network, but netlink, vsock, alg and packet sockets need none. Of the internet's
     * protocols TCP and UDP: asking for another one can make the kernel load a module for it. */
    code[n++] = IF(BPF_JEQ, SYS_socketpair, 0, 4);
    code[n++] = LOAD(ARGUMENT(0));
    code[n++] = IF(BPF_JEQ, AF_UNIX, 0, 1);
    code[n++] = ANSWER(SECCOMP_RET_ALLOW);
    code[n++] = REFUSE(EAFNOSUPPORT);
    code[n++] = IF(BPF_JEQ, SYS_socket, 0, 13);
    code[n++] = LOAD(ARGUMENT(0));
    code[n++] = IF(BPF_JEQ, AF_UNIX, 11, 0);
    code[n++] = IF(BPF_JEQ, AF_INET, 2, 0);
    code[n++] = IF(BPF_JEQ, AF_INET6, 1, 0);
    code[n++] = REFUSE(EAFNOSUPPORT);
    code[n++] = LOAD(ARGUMENT(1));
    code[n++] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf); /* the type without its flags */
    code[n++] = IF(BPF_JGT, SOCK_DGRAM, 4, 0); /* streams and datagrams are the two lowest */
    code[n++] = LOAD(ARGUMENT(2));
    code[n++] = IF(BPF_JEQ, 0, 3, 0);
    code[n++] = IF(BPF_JEQ, IPPROTO_TCP, 2, 0);
    code[n++] = IF(BPF_JEQ, IPPROTO_UDP, 1, 0);
    code[n++] = REFUSE(EPROTONOSUPPORT);
    code[n++] = ANSWER(SECCOMP_RET_ALLOW);
    struct sock_fprog program = {n, code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
