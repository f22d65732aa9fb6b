/* What the processes in the box use, as /proc shows it: for kernels without control groups, such as gVisor's. Less exact than
 * the container's own counters: pages that several share count for each, and who has ended does not count at all. */
#include "supervisor.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Sums what `read` makes of one file of every process but the supervisor. */
static uint64_t sum_of(const char *pattern, uint64_t (*read)(FILE *)) {
    uint64_t sum = 0;
    glob_t found;
    if (!glob(pattern, GLOB_NOSORT, NULL, &found)) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            FILE *file = strncmp(found.gl_pathv[i], "/proc/1/", 8) ? fopen(found.gl_pathv[i], "re") : NULL;
            if (!file) continue;
            sum += read(file);
            fclose(file);
        }
    }
    globfree(&found);
    return sum;
}

static uint64_t resident_kib(FILE *statm) {
    unsigned long long pages;
    return fscanf(statm, "%*u %llu", &pages) == 1 ? pages * (sysconf(_SC_PAGESIZE) / 1024) : 0;
}

/* The name in parentheses may hold anything, parentheses too. */
static uint64_t used_us(FILE *stat) {
    char text[1024];
    unsigned long long user, system;
    text[fread(text, 1, sizeof text - 1, stat)] = 0;
    const char *after_name = strrchr(text, ')');
    if (!after_name || sscanf(after_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system) != 2) return 0;
    return (user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

uint64_t processes_memory_kib(void) { return sum_of("/proc/[1-9]*/statm", resident_kib); }
uint64_t processes_cpu_us(void) { return sum_of("/proc/[1-9]*/stat", used_us); }
