/* The first process of a box. It reads orders from the stream, carries them out one after the other and answers each.
 *
 * It is the only thing in the box that is trusted, and it is root only to become somebody else: of all capabilities it
 * has those to change its user and group and to end other users' processes. protocol.h describes what it understands. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define RESERVE_BYTES (4 << 20)

static char strings[STRING_BYTES];
static uint32_t compile_uid, check_uid;
static bool has_files;
static int reserve = -1;

/* Memory held back for the moment when a program has used up all of it and its files must still be removed. In a file that is not
 * mapped: a program starts with our memory, and until it is the program the kernel counts that as its own. */
static void fill_reserve(void) { fallocate(reserve, 0, 0, RESERVE_BYTES); }

static void free_reserve(void) {
    if (ftruncate(reserve, 0)) {}
}

static void do_ping(void) {
    give_u32(1 + 4 + 4 + 1);
    give_u8(KIND_READY);
    give_u32(PROTOCOL_VERSION);
    give_u32(sysconf(_SC_NPROCESSORS_ONLN));
    give_u8(cgroup_version());
}

static void take_strings(char **list, uint16_t number, char **space, size_t *left) {
    if (number > ARGUMENTS) _exit(3);
    for (uint16_t i = 0; i < number; i++) list[i] = take_string(space, left);
    list[number] = NULL;
}

/* An interpreter starts as long as the box holds nothing of anybody's: what it finds when it starts is only the image's. */
static void do_preload(void) {
    static char *arguments[ARGUMENTS + 1], *variables[ARGUMENTS + 1];
    char *space = strings;
    size_t left = sizeof strings;
    uint16_t number = take_u16(), variable_number = take_u16();
    take_strings(arguments, number, &space, &left);
    take_strings(variables, variable_number, &space, &left);
    if (number && !has_files) preload(arguments, variables);
    give_done();
}

static void do_file(void) {
    has_files = true;
    char *space = strings;
    size_t left = sizeof strings;
    char *path = take_string(&space, &left);
    if (put_file(path, take_u32())) give_done();
    else give_failed(errno, "a source file cannot be stored");
}

static void do_give(void) {
    has_files = true;
    char *space = strings;
    size_t left = sizeof strings;
    char *name = take_string(&space, &left);
    if (put_given(name, take_u32())) give_done();
    else give_failed(errno, "a file for the program cannot be stored");
}

static void do_place(void) {
    has_files = true;
    char *space = strings;
    size_t left = sizeof strings;
    uint32_t uid = take_u32();
    char *path = take_string(&space, &left);
    if (place_file(uid, path, take_u32())) give_done();
    else give_failed(errno, "a file of a test cannot be stored");
}

static void do_keep(void) {
    const char *wrong = keep_program(compile_uid);
    int error = errno;
    if (!purge(compile_uid, true) && !wrong) wrong = "what the compiler left cannot be removed";
    if (wrong) give_failed(error, wrong);
    else give_done();
}

static void do_drop(void) {
    if (purge(compile_uid, true)) give_done();
    else give_failed(EBUSY, "what the check left cannot be removed");
}

static void do_bring(void) {
    has_files = true;
    char *space = strings;
    size_t left = sizeof strings;
    char *path = take_string(&space, &left);
    if (bring(path, take_u32())) give_done();
    else give_failed(errno, "a compiled file cannot be stored");
}

/* The names of the files that a CHECK asks for. */
struct wanted {
    char *names[FEEDBACK_FILES + 1];
    uint16_t number;
    bool take_last;
};

static void take_order(struct order *order, struct wanted *wanted) {
    char *space = strings;
    size_t left = sizeof strings;
    order->terms.uid = take_u32();
    order->terms.cpu_ms = take_u32();
    order->wall_ms = take_u32();
    order->memory_bytes = take_u64();
    order->output_bytes = take_u64();
    order->terms.file_bytes = take_u64();
    order->terms.processes = take_u32();
    order->preloaded = take_u8();
    uint16_t arguments = take_u16(), variables = take_u16();
    take_strings(order->argv, arguments, &space, &left);
    take_strings(order->envp, variables, &space, &left);
    if (!wanted) return;
    wanted->number = take_u16();
    if (wanted->number > FEEDBACK_FILES) _exit(3);
    take_strings(wanted->names, wanted->number, &space, &left);
}

/* A new file in memory that programs of any user may open by its /proc or /dev name. */
static int stream_file(const char *name, mode_t mode) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd >= 0) fchmod(fd, mode);
    return fd;
}

/* The file once more, opened in one direction only. */
static int end_of(int fd, int mode) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, mode | O_CLOEXEC);
}

/* The program's ends of its three streams, once its input is complete. */
static bool open_ends(struct order *order) {
    order->ends[0] = order->talk ? order->in : end_of(order->in, O_RDONLY);
    order->ends[1] = order->talk ? order->out : end_of(order->out, O_WRONLY);
    order->ends[2] = end_of(order->err, O_WRONLY);
    return order->ends[0] >= 0 && order->ends[1] >= 0 && order->ends[2] >= 0;
}

static void close_if_open(int fd) {
    if (fd >= 0) close(fd);
}

static void give_stream(int fd, uint32_t size) {
    give_u32(size);
    give_from_file(fd, size);
}

static uint64_t size_of(int fd) {
    struct stat status;
    return fstat(fd, &status) ? 0 : (uint64_t)status.st_size;
}

static uint32_t least(uint64_t size, uint64_t limit) { return size < limit ? size : limit; }

/* What was found of the wanted files: its descriptor (-1: none) and size. */
struct found {
    int fd;
    uint64_t size;
};

static void find_feedback(const struct order *order, const struct wanted *wanted, struct found *found) {
    for (uint16_t i = 0; i < wanted->number; i++) {
        found[i].fd = open_feedback(order->terms.uid, wanted->names[i], wanted->take_last && i == wanted->number - 1);
        found[i].size = found[i].fd < 0 ? 0 : size_of(found[i].fd);
    }
}

static uint32_t feedback_bytes(const struct order *order, const struct wanted *wanted, const struct found *found) {
    uint32_t bytes = 2;
    for (uint16_t i = 0; i < wanted->number; i++)
        if (found[i].fd >= 0) bytes += 2 + strlen(wanted->names[i]) + 8 + 4 + least(found[i].size, order->output_bytes);
    return bytes;
}

static void give_feedback(const struct order *order, const struct wanted *wanted, const struct found *found) {
    uint16_t number = 0;
    for (uint16_t i = 0; i < wanted->number; i++) number += found[i].fd >= 0;
    give(&number, sizeof number);
    for (uint16_t i = 0; i < wanted->number; i++) {
        if (found[i].fd < 0) continue;
        uint16_t length = strlen(wanted->names[i]);
        give(&length, sizeof length);
        give(wanted->names[i], length);
        give_u64(found[i].size);
        give_stream(found[i].fd, least(found[i].size, order->output_bytes));
        close(found[i].fd);
    }
}

static void give_report(const struct order *order, const struct report *report, const struct wanted *wanted) {
    struct found found[FEEDBACK_FILES];
    uint64_t out = size_of(order->out), err = size_of(order->err);
    uint32_t out_kept = least(out, order->output_bytes), err_kept = least(err, STDERR_BYTES);
    if (wanted) find_feedback(order, wanted, found);
    give_u32(1 + 4 * 4 + 7 * 8 + 4 + out_kept + 4 + err_kept + (wanted ? feedback_bytes(order, wanted, found) : 0));
    give_u8(wanted ? KIND_CHECKED : KIND_ENDED);
    give(&report->wait_status, 4 * sizeof(uint32_t));
    give(&report->wall_us, 5 * sizeof(uint64_t));
    give_u64(out);
    give_u64(err);
    give_stream(order->out, out_kept);
    give_stream(order->err, err_kept);
    if (wanted) give_feedback(order, wanted, found);
}

static void do_order(uint8_t kind) {
    static struct order order;
    static struct wanted names;
    struct report report;
    has_files = true;
    uint8_t how = kind == KIND_CHECK ? take_u8() : 0;
    bool compile = kind == KIND_COMPILE;
    struct wanted *wanted = kind == KIND_CHECK ? &names : NULL;
    take_order(&order, wanted);
    names.take_last = how & CHECK_TAKE;
    order.terms.in_build = compile;
    if (compile) compile_uid = order.terms.uid;
    order.in = order.out = order.ends[0] = order.ends[1] = order.ends[2] = -1;
    order.talk = how & CHECK_TALK ? talk_open(&order.in, &order.out) : NULL;
    if (!(how & CHECK_TALK)) order.in = stream_file("stdin", 0444), order.out = stream_file("stdout", 0222);
    order.err = stream_file("stderr", 0222);
    bool ok = order.in >= 0 && order.out >= 0 && order.err >= 0;
    ok = take_to_file(order.in, take_u32()) && ok;
    if (how & CHECK_FRESH) ok = fresh_feedback(check_uid) && ok;
    if (wanted) check_uid = order.terms.uid;
    if (order.talk) give_now(); /* what was answered before it: the other side waits for that */
    ok = ok && open_ends(&order) && run_order(&order, &report);
    int error = errno;
    if (order.talk) talk_end(order.talk), order.in = order.out = order.ends[0] = order.ends[1] = -1;
    for (int stream = 0; stream <= 2; stream++) close_if_open(order.ends[stream]);
    bool full = ok && (report.oom_kills || report.flags & FLAG_MEMORY || report.total_peak_kib > order.memory_bytes / 1024);
    if (full) free_reserve();
    /* what the compiler made waits in BUILD_DIR for KEEP or DROP; a run must leave nothing there either, for the next would see it */
    if (ok && !purge(order.terms.uid, !compile)) report.flags |= FLAG_UNCLEAN;
    if (full) fill_reserve();
    if (ok) give_report(&order, &report, wanted);
    else give_failed(error, "the program could not be started");
    close_if_open(order.in);
    close_if_open(order.out);
    close_if_open(order.err);
}

static void answer(uint8_t kind) {
    switch (kind) {
    case KIND_PING: do_ping(); break;
    case KIND_PRELOAD: do_preload(); break;
    case KIND_FILE: do_file(); break;
    case KIND_COMPILE: case KIND_RUN: case KIND_CHECK: do_order(kind); break;
    case KIND_KEEP: do_keep(); break;
    case KIND_DROP: do_drop(); break;
    case KIND_GIVE: do_give(); break;
    case KIND_PLACE: do_place(); break;
    case KIND_FETCH: give_program(take_u32()); break;
    case KIND_BRING: do_bring(); break;
    case KIND_HEAR: case KIND_CLOSE: case KIND_MORE: case KIND_PULSE: case KIND_STOP: break; /* of a talk that has ended */
    default: give_failed(EBADMSG, "an unknown kind of request");
    }
}

int main(void) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL); /* waited for with sigtimedwait, which then cannot miss one */
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_DUMPABLE, 0); /* nobody may look into this process through /proc */
    umask(022);
    reserve = stream_file("reserve", 0); /* for us alone: a kernel that shows our files in /proc lets nobody write into it */
    fill_reserve();
    cgroup_find();
    make_directories();
    prepare_rules();
    if (install_filter()) _exit(4); /* inherited by every program; the supervisor itself needs none of those calls */
    for (;;) {
        uint8_t kind;
        frame_begin();
        take(&kind, sizeof kind);
        answer(kind);
        frame_end();
        give_soon();
    }
}
