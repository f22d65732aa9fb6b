/* What makes a new process the program of one run; used by the supervisor and by the library in a preloaded interpreter. */
#ifndef BECOME_H
#define BECOME_H

#include <stdint.h>

#define OPEN_FILES 1024 /* the limit of a program */

/* Who the program is and what it may use. Plain data: it is sent from the one to the other as it is. */
struct terms {
    uint32_t uid, cpu_ms, processes, in_build;
    uint64_t file_bytes;
};

/* Makes the rules, where the kernel has such, by which a program may write in its own folders only. Once, by who has no program's rights. */
void prepare_rules(void);

/* Takes on everything but another program: session, rules, standard streams, folder, limits, user. 0, or the number of the error. */
int become(const struct terms *terms, const int ends[3]);

/* The limit that a program must find when it starts, and not only when it runs: the C library and the kernel look at it then. */
void raise_stack(void);

#endif
