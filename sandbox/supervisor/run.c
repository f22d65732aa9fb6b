/* One execution: start it as a user of its own, watch it, end everything it started, count what it used.
 *
 * What "everything" is depends on whether an interpreter waits for its next errand: if not, it is everything but ourselves. */
#include "supervisor.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FIRST_LOOK_US 5000   /* when memory and output are looked at for the first time, and then ever more rarely */
#define LATER_LOOKS_US 50000
#define NEXT_KILL_US 1000
#define REAPED_AT_ONCE 64
#define KILLER_UID 1 /* nobody's in a box: no program can send it signals */
#define SIGN_OF_LIFE_US 2000000 /* so that outside a long program can be told from a supervisor that has died */

/* --- the watch ----------------------------------------------------------------------------------------------------- */

uint64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000ull + now.tv_nsec / 1000;
}

struct watch {
    const struct order *order;
    struct report *report;
    pid_t program;
    bool ended, preloaded;
    uint64_t started, next_look, look_every, next_sign, cpu_before, pressure_before, memory_before, peak_before;
    long cores;
};

static void count(struct watch *watch, const struct rusage *usage) {
    const struct timeval *user = &usage->ru_utime, *system = &usage->ru_stime;
    watch->report->rusage_cpu_us += (user->tv_sec + system->tv_sec) * 1000000ull + user->tv_usec + system->tv_usec;
    if ((uint64_t)usage->ru_maxrss > watch->report->process_peak_kib) watch->report->process_peak_kib = usage->ru_maxrss;
}

/* Only the kernel can have ended it, for want of memory. Without Landlock a program may take back that it is to die first, and then the
 * next after the interpreter, which is larger, would be us: there is no time to wait for the next look. */
static void interpreter_died(struct watch *watch) {
    preloaded_ended();
    if (!watch->ended) watch->report->flags |= FLAG_MEMORY;
}

/* Reaps one process if there is one to reap: the program or an orphan of it, for which we are the parent now. */
static bool reap(struct watch *watch, int options) {
    int status;
    struct rusage usage;
    pid_t pid = wait4(-1, &status, options, &usage);
    if (pid <= 0) return pid < 0 && errno == EINTR;
    if (pid == preloaded_interpreter()) return interpreter_died(watch), true;
    count(watch, &usage);
    if (pid == watch->program) {
        watch->ended = true;
        watch->report->wait_status = status;
    }
    return true;
}

static uint64_t memory_in_use_kib(void) { return cgroup_version() ? cgroup_memory_kib() : processes_memory_kib(); }

static uint64_t cpu_used(const struct watch *watch) {
    return cgroup_version() ? cgroup_cpu_us() - watch->cpu_before : processes_cpu_us();
}

static uint64_t size_of(int fd) {
    struct stat status;
    return fstat(fd, &status) ? 0 : (uint64_t)status.st_size;
}

/* Whether the program has written more than it may, to either stream. */
static bool wrote_too_much(const struct order *order) {
    uint64_t out = order->talk ? talk_said(order->talk) : size_of(order->out);
    return out > order->output_bytes || size_of(order->err) > order->output_bytes;
}

/* What a file in memory takes. Its size may be more: a program can stretch what it writes into, and would hide as much. */
static uint64_t taken_by_kib(int fd) {
    struct stat status;
    return fstat(fd, &status) ? 0 : (uint64_t)status.st_blocks / 2;
}

/* What is in the container's memory beside that of the program: what was there before, and what the program has written. The latter
 * is in no process's memory, where only those can be counted. */
static uint64_t beside_kib(const struct watch *watch) {
    uint64_t written = cgroup_version() ? taken_by_kib(watch->order->out) + taken_by_kib(watch->order->err) : 0;
    return watch->memory_before + written;
}

static void look(struct watch *watch, uint64_t now) {
    uint64_t memory = memory_in_use_kib(), beside = beside_kib(watch), in_use = memory > beside ? memory - beside : 0;
    if (in_use > watch->report->total_peak_kib) watch->report->total_peak_kib = in_use;
    if (in_use > watch->order->memory_bytes / 1024) watch->report->flags |= FLAG_MEMORY;
    if (wrote_too_much(watch->order)) watch->report->flags |= FLAG_OUTPUT;
    give_if_heard(); /* of earlier orders: whoever waits for that need not wait for this */
    watch->next_look = now + watch->look_every;
    if (watch->look_every < LATER_LOOKS_US) watch->look_every *= 2;
}

static uint64_t longest_wait_us(void);

static uint64_t busy_us(const void *watch) { return cpu_used(watch) + longest_wait_us(); }

static void wait_for_child(uint64_t pause_us) {
    struct timespec timeout = {pause_us / 1000000, pause_us % 1000000 * 1000};
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigtimedwait(&child, NULL, &timeout);
}

/* Sleeps until something may have happened: a process ended, a limit may be reached, or it is time to look. */
static void wait_for_something(struct watch *watch, uint64_t now, uint64_t deadline, uint64_t cpu_left) {
    uint64_t until = deadline < watch->next_look ? deadline : watch->next_look;
    uint64_t earliest_cpu = now + cpu_left / watch->cores + 500;
    if (earliest_cpu < until) until = earliest_cpu;
    uint64_t pause = until > now ? until - now : 100;
    if (watch->order->talk) {
        if (!talk_wait(watch->order->talk, pause, busy_us, watch)) watch->report->flags |= FLAG_WALL;
        return;
    }
    wait_for_child(pause);
}

/* The longest that any thread of a program has been ready to run without getting a processor. */
static uint64_t longest_wait_us(void) {
    uint64_t longest = 0;
    glob_t found;
    char interpreter[32];
    snprintf(interpreter, sizeof interpreter, "/proc/%d/", preloaded_interpreter());
    if (!glob("/proc/[1-9]*/task/*/schedstat", GLOB_NOSORT, NULL, &found)) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            unsigned long long ran, waited;
            const char *path = found.gl_pathv[i];
            bool ours = !strncmp(path, "/proc/1/", 8) || !strncmp(path, interpreter, strlen(interpreter));
            FILE *file = ours ? NULL : fopen(path, "re");
            if (!file) continue;
            if (fscanf(file, "%llu %llu", &ran, &waited) == 2 && waited / 1000 > longest) longest = waited / 1000;
            fclose(file);
        }
    }
    globfree(&found);
    return longest;
}

/* When a program that has slept, or one that was kept waiting by other work on this machine, is out of time. Waiting for a
 * processor is not its doing: it does not count, up to WALL_STRETCH times the limit. Its CPU time is limited anyway. */
static uint64_t later_deadline(const struct watch *watch, uint64_t now) {
    uint64_t limit = watch->order->wall_ms * 1000ull, elapsed = now - watch->started;
    uint64_t pressed = cgroup_pressure_us() - watch->pressure_before, waited = longest_wait_us();
    if (pressed > waited) waited = pressed;
    uint64_t counted = elapsed > waited ? elapsed - waited : 0, last = watch->started + limit * WALL_STRETCH;
    uint64_t deadline = counted < limit ? now + (limit - counted) : now;
    return deadline < last ? deadline : last;
}

/* Not to somebody who has not read yet what was said before. */
static void show_life(struct watch *watch, uint64_t now) {
    watch->next_sign = now + SIGN_OF_LIFE_US;
    if (!give_if_heard()) return;
    give_u32(1 + 8);
    give_u8(KIND_ALIVE);
    give_u64(cpu_used(watch));
    give_if_heard();
}

/* Reaps those that have ended, but not for ever: they may come faster than we can take them, and the clock must be looked at.
 * True when there may be more. */
static bool reap_some(struct watch *watch) {
    for (int i = 0; i < REAPED_AT_ONCE; i++)
        if (watch->ended || !reap(watch, WNOHANG)) return false;
    return true;
}

static void watch_program(struct watch *watch) {
    const struct order *order = watch->order;
    uint64_t deadline = watch->started + order->wall_ms * 1000ull, cpu_limit = order->terms.cpu_ms * 1000ull;
    for (;;) {
        bool more = reap_some(watch);
        if (watch->ended) return;
        uint64_t now = now_us(), used = cpu_used(watch);
        if (now >= deadline && (deadline = later_deadline(watch, now)) <= now) watch->report->flags |= FLAG_WALL;
        if (used > cpu_limit) watch->report->flags |= FLAG_CPU;
        if (now >= watch->next_look) look(watch, now);
        if (now >= watch->next_sign && !order->talk) show_life(watch, now);
        if (watch->report->flags) return;
        if (!more) wait_for_something(watch, now, deadline, cpu_limit - used);
    }
}

/* Everything but the supervisor dies, again and again until nothing is left: a fork cannot outrun it. */
static void end_all(struct watch *watch) {
    while (!kill(-1, SIGKILL)) {
        if (watch->ended) watch->report->flags |= FLAG_LEFTOVERS;
        if (!reap(watch, 0)) break;
        while (reap(watch, WNOHANG)) continue;
    }
    while (reap(watch, 0)) continue;
}

/* Kills every process that /proc shows but ourselves and the interpreter. Returns how many there were. */
static unsigned kill_one_by_one(void) {
    unsigned found = 0;
    DIR *entries = opendir("/proc");
    if (!entries) return 1;
    for (struct dirent *entry; (entry = readdir(entries));) {
        pid_t pid = atoi(entry->d_name);
        if (pid <= 1 || pid == preloaded_interpreter()) continue;
        found++;
        kill(pid, SIGKILL);
    }
    closedir(entries);
    return found;
}

/* Kills all processes of this user at the same moment, as that user: so the interpreter is spared, and no fork can outrun it. As
 * that user only as far as signals it sends go: were it that user altogether, the program could stop it before it kills. */
static void kill_all_of(uint32_t uid) {
    pid_t helper = fork();
    if (!helper) {
        if (!syscall(SYS_setresuid, KILLER_UID, uid, KILLER_UID)) kill(-1, SIGKILL);
        _exit(0);
    }
    while (helper > 0 && waitpid(helper, NULL, 0) < 0 && errno == EINTR) continue;
}

static bool nobody_else(void) { return cgroup_tasks() == 1 + (preloaded_interpreter() != 0); }

/* Everything but the supervisor and the interpreter dies. The program itself first: mostly there is nothing else. */
static void end_program(struct watch *watch) {
    if (!watch->ended) kill(watch->program, SIGKILL), wait_for_child(NEXT_KILL_US);
    for (;;) {
        while (reap(watch, WNOHANG)) continue;
        if (watch->ended && nobody_else()) return;
        if (watch->ended) watch->report->flags |= FLAG_LEFTOVERS;
        kill_all_of(watch->order->terms.uid);
        if (!kill_one_by_one() && watch->ended) return;
        wait_for_child(NEXT_KILL_US);
    }
}

static void account(struct watch *watch, uint64_t oom_before) {
    struct report *report = watch->report;
    report->cgroup_cpu_us = cpu_used(watch);
    report->oom_kills = cgroup_oom_kills() - oom_before;
    uint64_t peak = cgroup_peak_kib();
    if (peak > watch->peak_before) { /* else it belongs to an earlier run */
        uint64_t beside = cgroup_cache_kib() + beside_kib(watch);
        if (peak > beside && peak - beside > report->total_peak_kib) report->total_peak_kib = peak - beside;
    }
    if (wrote_too_much(watch->order)) report->flags |= FLAG_OUTPUT;
}

/* The child of a fork, until it is the program. */
static int become_program(const struct order *order) {
    signal(SIGPIPE, SIG_DFL);
    int error = become(&order->terms, order->ends);
    if (error) return error;
    execve(order->argv[0], order->argv, order->envp);
    return errno;
}

/* Starts the program: by the interpreter that waits for it, or as a new process. False when nothing could be started. */
static bool start(struct watch *watch, int *exec_error) {
    *exec_error = 0;
    watch->program = watch->order->preloaded && !watch->order->talk ? preloaded_program(watch->order, exec_error) : 0;
    watch->preloaded = watch->program > 0;
    if (watch->program) return watch->preloaded;
    *exec_error = 0;
    watch->program = vfork(); /* nothing of ours is copied: the child does no more than system calls, and we wait until it is the program */
    if (!watch->program) {
        *exec_error = become_program(watch->order);
        _exit(127);
    }
    return watch->program > 0;
}

static void begin(struct watch *watch) {
    watch->memory_before = memory_in_use_kib();
    watch->peak_before = cgroup_peak_kib();
    watch->pressure_before = cgroup_pressure_us();
    watch->cpu_before = cgroup_cpu_us();
    watch->started = now_us();
    watch->next_look = watch->started + FIRST_LOOK_US;
    watch->next_sign = watch->started + SIGN_OF_LIFE_US;
}

bool run_order(const struct order *order, struct report *report) {
    static int *exec_error;
    static long cores;
    if (!cores) cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (!exec_error) exec_error = mmap(NULL, sizeof *exec_error, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (exec_error == MAP_FAILED) return false;
    memset(report, 0, sizeof *report);
    uint64_t oom_before = cgroup_oom_kills();
    struct watch watch = {.order = order, .report = report, .look_every = FIRST_LOOK_US, .cores = cores};
    begin(&watch);
    if (!start(&watch, exec_error)) return false;
    if (order->talk) talk_started(order->talk);
    watch_program(&watch);
    report->wall_us = now_us() - watch.started;
    if (preloaded_interpreter()) end_program(&watch);
    else end_all(&watch);
    if (order->talk) talk_end(order->talk);
    account(&watch, oom_before);
    if (watch.preloaded) report->flags |= FLAG_PRELOADED;
    report->exec_errno = *exec_error ? *exec_error : preloaded_complaint();
    return true;
}
