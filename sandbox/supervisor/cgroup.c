/* The container's own counters, read from inside. Version 2 keeps them in one folder, version 1 in one for each controller. */
#include "supervisor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int version;
static const char *cpu_file, *oom_file, *usage_file, *peak_file, *stat_file;

static const char *first_readable(const char *const *paths) {
    for (; *paths; paths++)
        if (!access(*paths, R_OK)) return *paths;
    return NULL;
}

void cgroup_find(void) {
    static const char *const v1_cpu[] = {"/sys/fs/cgroup/cpuacct/cpuacct.usage", "/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", NULL};
    if (!access("/sys/fs/cgroup/cgroup.controllers", R_OK)) {
        version = 2;
        cpu_file = "/sys/fs/cgroup/cpu.stat";
        oom_file = "/sys/fs/cgroup/memory.events";
        usage_file = "/sys/fs/cgroup/memory.current";
        peak_file = "/sys/fs/cgroup/memory.peak";
        stat_file = "/sys/fs/cgroup/memory.stat";
        return;
    }
    cpu_file = first_readable(v1_cpu);
    if (access("/sys/fs/cgroup/memory/memory.stat", R_OK)) return;
    version = 1;
    oom_file = "/sys/fs/cgroup/memory/memory.oom_control";
    usage_file = "/sys/fs/cgroup/memory/memory.usage_in_bytes";
    peak_file = "/sys/fs/cgroup/memory/memory.max_usage_in_bytes";
    stat_file = "/sys/fs/cgroup/memory/memory.stat";
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
uint64_t cgroup_oom_kills(void) { return number_in(oom_file, "oom_kill"); }
uint64_t cgroup_peak_kib(void) { return number_in(peak_file, NULL) / 1024; }

/* Memory that cannot simply be dropped: what is in use without the pages of files read from the image. */
uint64_t cgroup_memory_kib(void) {
    uint64_t usage = number_in(usage_file, NULL) / 1024, cache = cgroup_cache_kib();
    return usage > cache ? usage - cache : 0;
}

uint64_t cgroup_cache_kib(void) { return (number_in(stat_file, "inactive_file") + number_in(stat_file, "active_file")) / 1024; }
