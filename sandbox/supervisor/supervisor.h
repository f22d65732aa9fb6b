/* What the parts of the supervisor share. Each part is one file; main.c reads requests and calls the others. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "become.h"
#include "protocol.h"

struct talk; /* talk.c */

/* One order to run something, as read from the stream. The strings live in a buffer that the next order overwrites. */
struct order {
    struct terms terms;
    uint32_t wall_ms;
    uint64_t memory_bytes, output_bytes;
    uint8_t preloaded;
    char *argv[ARGUMENTS + 1];
    char *envp[ARGUMENTS + 1];
    int in, out, err;  /* files, or in a talk the program's own ends of two pipes */
    int ends[3];       /* what the program gets: input that cannot be written, output that cannot be read back */
    struct talk *talk; /* null: input and output are files */
};

/* What came of it. */
struct report {
    uint32_t wait_status, flags, exec_errno, oom_kills;
    uint64_t wall_us, rusage_cpu_us, cgroup_cpu_us, process_peak_kib, total_peak_kib;
};

/* stream.c: the framed stream. Every reader ends the process when the stream ends: the other side is gone. */
uint32_t frame_begin(void);
uint32_t frame_left(void);
void frame_end(void);
void take(void *bytes, size_t size);
uint8_t take_u8(void);
uint16_t take_u16(void);
uint32_t take_u32(void);
uint64_t take_u64(void);
char *take_string(char **space, size_t *left);
bool take_to_file(int fd, uint32_t size);
bool more_is_heard(void);
bool more_is_coming(void);
void give(const void *bytes, size_t size);
void give_now(void);
void give_soon(void);
bool give_if_heard(void);
void give_u8(uint8_t value);
void give_u32(uint32_t value);
void give_u64(uint64_t value);
void give_from_file(int fd, uint32_t size);
void give_done(void);
void give_failed(int error, const char *what);

/* cgroup.c: the container's own counters, version 1 or 2. A counter that cannot be read is 0. */
void cgroup_find(void);
int cgroup_version(void);
uint64_t cgroup_cpu_us(void);
uint64_t cgroup_pressure_us(void);
uint64_t cgroup_oom_kills(void);
uint64_t cgroup_memory_kib(void);
uint64_t cgroup_peak_kib(void);
uint64_t cgroup_cache_kib(void);
uint64_t cgroup_tasks(void);

/* processes.c: the same by looking at every process, where there are no such counters. */
uint64_t processes_memory_kib(void);
uint64_t processes_cpu_us(void);

/* files.c: files that come in, files that are kept, files that are removed. */
bool is_plain_path(const char *path);
bool put_file(char *path, uint32_t size);
bool put_given(char *name, uint32_t size);
bool place_file(uint32_t uid, char *path, uint32_t size);
bool fresh_feedback(uint32_t uid);
int open_feedback(uint32_t uid, const char *name, bool take);
const char *keep_program(uint32_t uid);
bool purge(uint32_t uid, bool build_too);
void make_directories(void);

/* artefact.c: the compiled program as a whole. */
void give_program(uint32_t most);
bool bring(const char *path, uint32_t size);

/* filter.c: the system calls a program may not make, on top of the container's own filter. */
int install_filter(void);

/* preload.c: the interpreter that was started beforehand. */
void preload(char *const *argv, char *const *envp);
pid_t preloaded_interpreter(void);
void preloaded_ended(void);
pid_t preloaded_program(const struct order *order, int *error);
int preloaded_complaint(void);

/* talk.c: input and output as pipes to the other side of the stream. */
struct talk *talk_open(int *in, int *out);
void talk_started(struct talk *talk);
bool talk_wait(struct talk *talk, uint64_t pause_us, uint64_t (*busy_us)(const void *), const void *watch);
void talk_end(struct talk *talk);
uint64_t talk_said(const struct talk *talk);

/* run.c: start, watch, end, count. False when nothing could be started. */
bool run_order(const struct order *order, struct report *report);
uint64_t now_us(void);

#endif
