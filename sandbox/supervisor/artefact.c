/* The compiled program as a whole: out, so that it need not be compiled again, and in, instead of compiling it.
 *
 * Only PROGRAM_DIR is read and written, where nobody but the supervisor makes anything: no links, no devices. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDERS 16

static uint64_t weight;

static const char *below(const char *path) { return path + strlen(PROGRAM_DIR) + 1; }

static int weigh(const char *path, const struct stat *status, int type, struct FTW *place) {
    if (place->level) weight += 2 + strlen(below(path)) + 4 + (type == FTW_F ? (uint64_t)status->st_size : 0);
    return 0;
}

static int give_entry(const char *path, const struct stat *status, int type, struct FTW *place) {
    if (!place->level) return 0;
    uint16_t length = strlen(below(path));
    give(&length, sizeof length);
    give(below(path), length);
    give_u32(type == FTW_F ? (uint32_t)status->st_size : FOLDER);
    if (type != FTW_F) return 0;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    give_from_file(fd, status->st_size);
    if (fd >= 0) close(fd);
    return 0;
}

/* Answers with every file and folder of the program, folders before what is in them, or fails when they are more than that. */
void give_program(uint32_t most) {
    weight = 0;
    if (nftw(PROGRAM_DIR, weigh, OPEN_FOLDERS, FTW_PHYS)) give_failed(errno, "the program cannot be read");
    else if (weight > most) give_failed(EFBIG, "the program is too large to be handed out");
    else {
        give_u32(1 + weight);
        give_u8(KIND_PROGRAM);
        nftw(PROGRAM_DIR, give_entry, OPEN_FOLDERS, FTW_PHYS);
    }
}

/* Puts one file or folder into PROGRAM_DIR, with the rights that keeping it would have given it. */
bool bring(const char *path, uint32_t size) {
    char full[PATH_MAX];
    int fd = -1;
    bool ok = false;
    errno = EINVAL;
    if (is_plain_path(path)) {
        snprintf(full, sizeof full, "%s/%s", PROGRAM_DIR, path);
        if (size == FOLDER) return !mkdir(full, 0755);
        fd = open(full, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0555);
        ok = fd >= 0;
    }
    int failed = errno;
    if (size != FOLDER) ok = take_to_file(fd, size) && ok;
    if (fd >= 0) close(fd);
    errno = failed;
    return ok;
}
