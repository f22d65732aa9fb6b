/* The child's way from fork to the program. */
#include "become.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "protocol.h"

#define PENDING_SIGNALS 1024 /* timers too: the kernel's memory for them is nobody's otherwise */

static void limit(int resource, rlim_t value) {
    struct rlimit both = {value, value};
    setrlimit(resource, &both);
}

void raise_stack(void) {
    struct rlimit stack;
    getrlimit(RLIMIT_STACK, &stack);
    limit(RLIMIT_STACK, stack.rlim_max); /* as deep as memory allows */
}

static void set_limits(const struct terms *terms) {
    raise_stack();
    limit(RLIMIT_CPU, terms->cpu_ms / 1000 + 2); /* a second net: the supervisor's watch is exact */
    limit(RLIMIT_FSIZE, terms->file_bytes);
    limit(RLIMIT_NPROC, terms->processes);
    limit(RLIMIT_NOFILE, OPEN_FILES);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_MEMLOCK, 0);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, PENDING_SIGNALS);
    limit(RLIMIT_NICE, 0);
    limit(RLIMIT_RTPRIO, 0);
}

/* So that out of memory the kernel ends the program, never the supervisor. */
static void be_first_to_die(void) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    if (write(fd, "1000", 4) < 0) {}
    close(fd);
}

/* Whether files are opened for writing or moved between folders is asked of these rules: Linux's Landlock. */
#define RULED (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REFER)
#define KNOWS_MOVES 2 /* Landlock's version; an earlier one would forbid every move */
#define KNOWS_LOGS 7
#define QUIET (1u << 0 | 1u << 2) /* nothing of a program's, or of what it forbids itself, fills the machine's audit log */

static int rules = -1;
static uint32_t quiet;

static bool allow_below(const char *folder) {
    struct landlock_path_beneath_attr below = {RULED, open(folder, O_PATH | O_CLOEXEC)};
    bool ok = below.parent_fd >= 0 && !syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
    if (below.parent_fd >= 0) close(below.parent_fd);
    return ok;
}

void prepare_rules(void) {
    const struct landlock_ruleset_attr ruled = {RULED};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < KNOWS_MOVES) return;
    quiet = version >= KNOWS_LOGS ? QUIET : 0;
    rules = syscall(SYS_landlock_create_ruleset, &ruled, sizeof ruled, 0);
    if (rules < 0 || (allow_below("/box") && allow_below("/tmp") && allow_below("/dev"))) return;
    close(rules); /* half of them would keep programs from their own files */
    rules = -1;
}

/* Everything else that can be written is in /proc: there a program could take back that it is the first to die. Where the engine itself
 * is ruled so often that the kernel takes no more, it is as on a kernel without rules. */
static bool follow_rules(void) { return rules < 0 || !syscall(SYS_landlock_restrict_self, rules, quiet) || errno == E2BIG; }

int become(const struct terms *terms, const int *ends) {
    sigset_t none;
    sigemptyset(&none);
    setsid();
    be_first_to_die();
    if (!follow_rules()) return errno;
    for (int stream = 0; stream <= 2; stream++)
        if (dup2(ends[stream], stream) < 0) return errno;
    if (chdir(terms->in_build ? BUILD_DIR : WORK_DIR)) return errno;
    sigprocmask(SIG_SETMASK, &none, NULL);
    set_limits(terms);
    if (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, terms->uid, terms->uid, terms->uid)) return errno;
    if (syscall(SYS_setresuid, terms->uid, terms->uid, terms->uid)) return errno;
    return 0;
}
