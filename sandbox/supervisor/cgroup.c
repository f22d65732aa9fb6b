/* The container's own counters, read from inside. Version 2 keeps them in one folder, version 1 in one for each controller. */
#include "supervisor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CGROUP_ROOT
#define CGROUP_ROOT "/sys/fs/cgroup"
#endif

static int version;
static const char *cpu_file, *oom_file, *usage_file, *peak_file, *stat_file, *tasks_file;

static const char *first_readable(const char *const *paths) {
    for (; *paths; paths++)
        if (!access(*paths, R_OK)) return *paths;
    return NULL;
}

void cgroup_find(void) {
    static const char *const v1_cpu[] = {CGROUP_ROOT "/cpuacct/cpuacct.usage", CGROUP_ROOT "/cpu,cpuacct/cpuacct.usage", NULL};
    if (!access(CGROUP_ROOT "/cgroup.controllers", R_OK)) {
        version = 2;
        cpu_file = CGROUP_ROOT "/cpu.stat";
        oom_file = CGROUP_ROOT "/memory.events";
        usage_file = CGROUP_ROOT "/memory.current";
        peak_file = CGROUP_ROOT "/memory.peak";
        stat_file = CGROUP_ROOT "/memory.stat";
        tasks_file = CGROUP_ROOT "/pids.current";
        return;
    }
    cpu_file = first_readable(v1_cpu);
    tasks_file = CGROUP_ROOT "/pids/pids.current";
    if (access(CGROUP_ROOT "/memory/memory.stat", R_OK)) return;
    version = 1;
    oom_file = CGROUP_ROOT "/memory/memory.oom_control";
    usage_file = CGROUP_ROOT "/memory/memory.usage_in_bytes";
    peak_file = CGROUP_ROOT "/memory/memory.max_usage_in_bytes";
    stat_file = CGROUP_ROOT "/memory/memory.stat";
}

int cgroup_version(void) { return version; }

/* The number after `key` at the start of a line, or the first number of the file when there is no key. */
static uint64_t number_in(const char *path, const char *key) {
    char text[8192];
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return 0;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) return 0;
    text[size] = 0;
    if (!key) return strtoull(text, NULL, 10);
    size_t length = strlen(key);
    for (char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (!strncmp(line, key, length) && line[length] == ' ') return strtoull(line + length, NULL, 10);
    return 0;
}

uint64_t cgroup_cpu_us(void) { return version == 2 ? number_in(cpu_file, "usage_usec") : number_in(cpu_file, NULL) / 1000; }

/* How long something in the box was ready to run without getting a processor; only version 2 knows. */
uint64_t cgroup_pressure_us(void) {
    char text[512];
    int fd = version == 2 ? open(CGROUP_ROOT "/cpu.pressure", O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return 0;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    text[size > 0 ? size : 0] = 0;
    const char *total = strncmp(text, "some ", 5) ? NULL : strstr(text, "total=");
    return total ? strtoull(total + 6, NULL, 10) : 0;
}

uint64_t cgroup_oom_kills(void) { return number_in(oom_file, "oom_kill"); }
uint64_t cgroup_tasks(void) { return number_in(tasks_file, NULL); }
uint64_t cgroup_peak_kib(void) { return number_in(peak_file, NULL) / 1024; }

/* Memory that cannot simply be dropped: what is in use without the pages of files read from the image. */
uint64_t cgroup_memory_kib(void) {
    uint64_t usage = number_in(usage_file, NULL) / 1024, cache = cgroup_cache_kib();
    return usage > cache ? usage - cache : 0;
}

uint64_t cgroup_cache_kib(void) { return (number_in(stat_file, "inactive_file") + number_in(stat_file, "active_file")) / 1024; }
