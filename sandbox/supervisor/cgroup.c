/* The container's own counters, read from inside. Version 2 keeps them in one folder, version 1 in one for each controller. */
#include "supervisor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CGROUP_ROOT
#define CGROUP_ROOT "/sys/fs/cgroup"
#endif

static int version;
static int cpu = -1, oom = -1, usage = -1, peak = -1, memory_stat = -1, pressure = -1, tasks = -1; /* open, to be read again and again */

static void find(int *file, const char *path) {
    if (*file < 0) *file = open(path, O_RDONLY | O_CLOEXEC);
}

void cgroup_find(void) {
    if (!access(CGROUP_ROOT "/cgroup.controllers", R_OK)) {
        version = 2;
        find(&cpu, CGROUP_ROOT "/cpu.stat");
        find(&oom, CGROUP_ROOT "/memory.events");
        find(&usage, CGROUP_ROOT "/memory.current");
        find(&peak, CGROUP_ROOT "/memory.peak");
        find(&memory_stat, CGROUP_ROOT "/memory.stat");
        find(&pressure, CGROUP_ROOT "/cpu.pressure");
        find(&tasks, CGROUP_ROOT "/pids.current");
        return;
    }
    find(&cpu, CGROUP_ROOT "/cpuacct/cpuacct.usage");
    find(&cpu, CGROUP_ROOT "/cpu,cpuacct/cpuacct.usage");
    find(&tasks, CGROUP_ROOT "/pids/pids.current");
    if (access(CGROUP_ROOT "/memory/memory.stat", R_OK)) return;
    version = 1;
    find(&oom, CGROUP_ROOT "/memory/memory.oom_control");
    find(&usage, CGROUP_ROOT "/memory/memory.usage_in_bytes");
    find(&peak, CGROUP_ROOT "/memory/memory.max_usage_in_bytes");
    find(&memory_stat, CGROUP_ROOT "/memory/memory.stat");
}

int cgroup_version(void) { return version; }

/* The file's text; empty when it cannot be read. */
static const char *text_of(int file) {
    static char text[8192];
    ssize_t size = file < 0 ? 0 : pread(file, text, sizeof text - 1, 0);
    text[size > 0 ? size : 0] = 0;
    return text;
}

static uint64_t number_in(int file) { return strtoull(text_of(file), NULL, 10); }

/* The number after `key` at the start of a line. */
static uint64_t number_after(const char *text, const char *key) {
    size_t length = strlen(key);
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (!strncmp(line, key, length) && line[length] == ' ') return strtoull(line + length, NULL, 10);
    return 0;
}

uint64_t cgroup_cpu_us(void) { return version == 2 ? number_after(text_of(cpu), "usage_usec") : number_in(cpu) / 1000; }

/* How long something in the box was ready to run without getting a processor; only version 2 knows. */
uint64_t cgroup_pressure_us(void) {
    const char *text = text_of(pressure), *total = strncmp(text, "some ", 5) ? NULL : strstr(text, "total=");
    return total ? strtoull(total + 6, NULL, 10) : 0;
}

uint64_t cgroup_oom_kills(void) { return number_after(text_of(oom), "oom_kill"); }
uint64_t cgroup_tasks(void) { return number_in(tasks); }
uint64_t cgroup_peak_kib(void) { return number_in(peak) / 1024; }

/* Memory that cannot simply be dropped: what is in use without the pages of files read from the image. */
uint64_t cgroup_memory_kib(void) {
    uint64_t used = number_in(usage) / 1024, cache = cgroup_cache_kib();
    return used > cache ? used - cache : 0;
}

uint64_t cgroup_cache_kib(void) {
    const char *text = text_of(memory_stat);
    return (number_after(text, "inactive_file") + number_after(text, "active_file")) / 1024;
}
