/* What the supervisor and the library in a preloaded interpreter say to each other, over a socket of whole messages. */
#ifndef ERRAND_H
#define ERRAND_H

#include "become.h"
#include "protocol.h"

#define ERRAND_SOCKET 3 /* the interpreter's end */
#define CHECK_MARK "# syntax check\n" /* what a text begins with that does no more than compile the files named after it */
#define ERRAND_LIBRARY "/usr/local/lib/preloaded.so"

/* Supervisor to library, with three descriptors: input, output, errors. The words are strings with a zero byte after each;
 * none: run the program that the interpreter was started for. */
struct errand {
    struct terms terms;
    uint32_t words;
    char text[STRING_BYTES];
};

/* Library to supervisor. Once when the interpreter is ready, with pid 0. Then for every errand with the process number of the
 * program, or with an error and no process; and from a process that could not become the program, with its error. */
struct answer {
    int32_t pid, error;
};

#endif
