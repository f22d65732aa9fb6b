/* Files: sources that come in, the compiled program that is kept, and everything else that is removed.
 *
 * The supervisor has no power over the files of other users. Where it has to read or remove what a program made, it takes
 * on that program's user id for as long as that takes, so a planted link or a hostile mode leads nowhere new. */
#include "supervisor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEEP_DEPTH 16
#define KEEP_FILES 4096

/* A folder that programs can write into; kept open from the first time that it is looked at. */
struct place {
    const char *path;
    DIR *entries;
};

static struct place writable[] = {{BUILD_DIR}, {"/tmp"}, {"/dev/shm"}, {"/dev/mqueue"}, {WORK_DIR}, {NULL}};
static struct place *const writable_but_build = writable + 1;
static struct place feedback[] = {{FEEDBACK_DIR}, {NULL}};

static bool is_dot(const char *name) { return !strcmp(name, ".") || !strcmp(name, ".."); }

void make_directories(void) {
    static const char *const open_to_all[] = {BUILD_DIR, WORK_DIR, "/tmp", NULL};
    mkdir(SOURCE_DIR, 0755);
    mkdir(PROGRAM_DIR, 0755);
    for (const char *const *path = open_to_all; *path; path++) {
        mkdir(*path, 01777);
        chmod(*path, 01777);
    }
}

/* --- in ------------------------------------------------------------------------------------------------------------ */

bool is_plain_path(const char *path) {
    if (!*path || *path == '/' || strlen(path) > 1000) return false;
    for (const char *at = path; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
        if (!*at || *at == '/' || !strncmp(at, "../", 3) || !strcmp(at, "..") || !strncmp(at, "./", 2) || !strcmp(at, ".")) return false;
    return true;
}

/* Puts one file below a folder, and the folders on its way. */
static bool put_below(const char *top, char *path, uint32_t size, int how) {
    char full[1100];
    int fd = -1;
    errno = EINVAL;
    if (is_plain_path(path)) {
        snprintf(full, sizeof full, "%s/%s", top, path);
        for (char *slash = full + strlen(top) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
            *slash = 0;
            mkdir(full, 0755);
        }
        fd = open(full, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | how, 0644);
    }
    int failed = fd < 0 ? errno : 0;
    setfsuid(0);
    if (!take_to_file(fd, size) && !failed) failed = errno ? errno : EIO;
    if (fd >= 0) close(fd);
    errno = failed;
    return !failed;
}

/* Puts one source file below SOURCE_DIR. Only the supervisor writes there, so the path holds no links. */
bool put_file(char *path, uint32_t size) { return put_below(SOURCE_DIR, path, size, O_EXCL); }

/* Puts one file below WORK_DIR for the program that this user will run there, as that user's own: it goes when the rest goes.
 * Nobody else runs meanwhile, and WORK_DIR was empty before, so the path holds no links. */
bool place_file(uint32_t uid, char *path, uint32_t size) {
    setfsuid(uid);
    return put_below(WORK_DIR, path, size, O_EXCL);
}

/* Puts one file into GIVEN_DIR, in place of an earlier one of its name. Only the supervisor writes there. */
bool put_given(char *name, uint32_t size) {
    mkdir(GIVEN_DIR, 0755);
    return put_below(GIVEN_DIR, strchr(name, '/') ? "" : name, size, O_TRUNC);
}

/* --- kept ---------------------------------------------------------------------------------------------------------- */

static int copy_contents(int from, int to) {
    static char block[65536];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got <= 0) return got < 0 ? errno : 0;
        for (ssize_t at = 0, put; at < got; at += put)
            if ((put = write(to, block + at, got - at)) <= 0) return errno ? errno : ENOSPC;
    }
}

static int keep_entries(int from, int to, uint32_t uid, int depth, int *files);

/* O_NONBLOCK: opening a pipe must not wait for its other end. O_NOFOLLOW: a link is refused by the kernel itself. */
static int keep_entry(int from, int to, const char *name, uint32_t uid, int depth, int *files) {
    struct stat status;
    int error = 0, target = -1;
    setfsuid(uid);
    int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    setfsuid(0);
    if (source < 0) return errno;
    if (fstat(source, &status)) error = errno;
    else if (++*files > KEEP_FILES) error = EMFILE;
    else if (S_ISDIR(status.st_mode)) {
        mkdirat(to, name, 0755);
        target = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        error = target < 0 ? errno : keep_entries(source, target, uid, depth + 1, files);
    } else if (S_ISREG(status.st_mode)) {
        target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0755);
        error = target < 0 ? errno : copy_contents(source, target);
        if (target >= 0) fchmod(target, 0555);
    } else error = EINVAL;
    if (target >= 0) close(target);
    close(source);
    return error;
}

static int keep_entries(int from, int to, uint32_t uid, int depth, int *files) {
    if (depth > KEEP_DEPTH) return ELOOP;
    setfsuid(uid);
    int again = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    setfsuid(0);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    if (!entries) return errno;
    int error = 0;
    for (struct dirent *entry; !error && (entry = readdir(entries));)
        if (!is_dot(entry->d_name)) error = keep_entry(from, to, entry->d_name, uid, depth, files);
    closedir(entries);
    return error;
}

/* Copies what the compiler left in BUILD_DIR. Returns null, or what was wrong with it. */
const char *keep_program(uint32_t uid) {
    int from = open(BUILD_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC), to = open(PROGRAM_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int files = 0, error = from < 0 || to < 0 ? errno : keep_entries(from, to, uid, 0, &files);
    if (from >= 0) close(from);
    if (to >= 0) close(to);
    errno = error;
    switch (error) {
    case 0: return NULL;
    case EINVAL: case ENXIO: return "the compiler left something that is neither a file nor a folder";
    case ELOOP: return "the compiler left a link, or folders too deep";
    case EMFILE: return "the compiler left too many files";
    case ENOSPC: return "the compiled program is too large";
    default: return "what the compiler left cannot be read";
    }
}

/* --- removed ------------------------------------------------------------------------------------------------------- */

static bool is_empty(struct place *place) {
    if (place->entries) rewinddir(place->entries);
    else place->entries = opendir(place->path);
    if (!place->entries) return errno == ENOENT;
    for (struct dirent *entry; (entry = readdir(place->entries));)
        if (!is_dot(entry->d_name)) return false;
    return true;
}

/* Empties one folder below `top`, moving each folder found in it up to `top`: however deep the nesting, a few descriptors
 * and constant stack are enough. Returns how many entries are gone from it. */
static unsigned empty_into(int top, int folder, unsigned *moved) {
    unsigned gone = 0;
    DIR *entries = fdopendir(folder);
    if (!entries) return close(folder), 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (is_dot(entry->d_name)) continue;
        if (!unlinkat(folder, entry->d_name, 0) || !unlinkat(folder, entry->d_name, AT_REMOVEDIR)) {
            gone++;
            continue;
        }
        char name[32];
        int failed;
        fchmodat(folder, entry->d_name, 0700, 0); /* a folder without write permission cannot move */
        do {
            snprintf(name, sizeof name, "purge.%u", ++*moved);
            failed = renameat2(folder, entry->d_name, top, name, RENAME_NOREPLACE);
        } while (failed && errno == EEXIST);
        gone += !failed;
    }
    closedir(entries);
    return gone;
}

/* One pass over the entries of `top`. Returns how many were removed, here or one level below. */
static unsigned empty_top(int top, unsigned *moved) {
    unsigned gone = 0;
    int copy = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy < 0 ? NULL : fdopendir(copy);
    if (!entries) return 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (is_dot(entry->d_name)) continue;
        if (!unlinkat(top, entry->d_name, 0) || !unlinkat(top, entry->d_name, AT_REMOVEDIR)) {
            gone++;
            continue;
        }
        fchmodat(top, entry->d_name, 0700, 0);
        int folder = openat(top, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder < 0) continue;
        gone += empty_into(top, folder, moved);
        gone += !unlinkat(top, entry->d_name, AT_REMOVEDIR);
    }
    closedir(entries);
    return gone;
}

/* Passes until one of them removes nothing more: then it is empty, or holds what this user cannot remove. */
static void empty(const char *path) {
    int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    unsigned moved = 0;
    while (top >= 0 && empty_top(top, &moved)) continue;
    if (top >= 0) close(top);
}

static bool are_empty(struct place *place) {
    for (; place->path; place++)
        if (!is_empty(place)) return false;
    return true;
}

/* Empties these folders with the powers of this user. True when nothing is left in them. */
static bool empty_as(uint32_t uid, struct place *places) {
    if (are_empty(places)) return true;
    pid_t helper = fork();
    if (helper < 0) return false;
    if (!helper) {
        if (syscall(SYS_setresgid, uid, uid, uid) || syscall(SYS_setresuid, uid, uid, uid)) _exit(1);
        for (struct place *place = places; place->path; place++) empty(place->path);
        _exit(0);
    }
    while (waitpid(helper, NULL, 0) < 0 && errno == EINTR) continue;
    return are_empty(places);
}

/* Removes whatever the user with this id has left. True when every writable place is empty afterwards. */
bool purge(uint32_t uid, bool build_too) { return empty_as(uid, build_too ? writable : writable_but_build); }

/* --- feedback: what a program leaves on purpose ---------------------------------------------------------------------- */

/* Makes the folder for feedback, or empties it of what this user left in it before. */
bool fresh_feedback(uint32_t uid) {
    if (!mkdir(FEEDBACK_DIR, 01777)) return !chmod(FEEDBACK_DIR, 01777);
    return empty_as(uid, feedback);
}

/* Opens a plain file of the folder for feedback as this user, and removes it when it is to be taken; -1 when there is none. */
int open_feedback(uint32_t uid, const char *name, bool take) {
    struct stat status;
    int folder = open(FEEDBACK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    setfsuid(uid);
    int fd = folder < 0 ? -1 : openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && take) unlinkat(folder, name, 0);
    setfsuid(0);
    if (folder >= 0) close(folder);
    if (fd >= 0 && (fstat(fd, &status) || !S_ISREG(status.st_mode))) close(fd), fd = -1;
    return fd;
}
