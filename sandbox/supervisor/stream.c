/* The framed stream on descriptors 0 and 1. Nothing of a frame is held in memory beyond small buffers, so that the size of a
 * test's input or output does not matter to the supervisor. */
#include "supervisor.h"

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GATHER_US 1000 /* how long an answer may wait for the next ones */

static uint32_t left_in_frame;
static char buffer[65536];
static char heard[65536];
static size_t heard_at, heard_end;
static char reply[65536];
static size_t reply_size;
static uint64_t given_us;

/* What is larger than the buffer does not go through it. */
static void read_exactly(void *bytes, size_t size) {
    char *at = bytes;
    while (size) {
        size_t here = heard_end - heard_at, part = here < size ? here : size;
        bool past = !here && size >= sizeof heard;
        if (here) {
            memcpy(at, heard + heard_at, part);
            heard_at += part;
        } else {
            ssize_t got = past ? read(0, at, size) : read(0, heard, sizeof heard);
            if (got <= 0) _exit(0);
            part = past ? got : 0;
            heard_at = 0;
            heard_end = past ? 0 : got;
        }
        at += part;
        size -= part;
    }
}

bool more_is_heard(void) { return heard_at < heard_end; }

/* Whether the caller has said more than it has been answered, as far as is known without waiting. */
bool more_is_coming(void) {
    int size;
    return more_is_heard() || (!ioctl(0, FIONREAD, &size) && size > 0);
}

static bool write_exactly(int fd, const void *bytes, size_t size) {
    const char *at = bytes;
    while (size) {
        ssize_t put = write(fd, at, size);
        if (put <= 0) return false;
        at += put;
        size -= put;
    }
    return true;
}

uint32_t frame_begin(void) {
    read_exactly(&left_in_frame, sizeof left_in_frame);
    return left_in_frame;
}

uint32_t frame_left(void) { return left_in_frame; }

/* Skips what the reader of a request had no use for, so that the next frame starts where it should. */
void frame_end(void) {
    while (left_in_frame) take(buffer, left_in_frame < sizeof buffer ? left_in_frame : sizeof buffer);
}

/* A frame that is shorter than its contents comes from a broken or foreign caller: there is no way to go on. */
void take(void *bytes, size_t size) {
    if (size > left_in_frame) _exit(3);
    left_in_frame -= size;
    read_exactly(bytes, size);
}

uint8_t take_u8(void) {
    uint8_t value;
    take(&value, sizeof value);
    return value;
}

uint16_t take_u16(void) {
    uint16_t value;
    take(&value, sizeof value);
    return value;
}

uint32_t take_u32(void) {
    uint32_t value;
    take(&value, sizeof value);
    return value;
}

uint64_t take_u64(void) {
    uint64_t value;
    take(&value, sizeof value);
    return value;
}

char *take_string(char **space, size_t *left) {
    uint16_t size = take_u16();
    if ((size_t)size + 1 > *left) _exit(3);
    char *string = *space;
    take(string, size);
    string[size] = 0;
    *space += size + 1;
    *left -= size + 1;
    return string;
}

/* Always takes all of it, also when the file is full: the stream must stay in step. */
bool take_to_file(int fd, uint32_t size) {
    bool ok = true;
    while (size) {
        uint32_t part = size < sizeof buffer ? size : sizeof buffer;
        take(buffer, part);
        ok = ok && write_exactly(fd, buffer, part);
        size -= part;
    }
    return ok;
}

/* A reply is gathered and sent in one piece: each piece wakes everybody on its way to the caller. */
void give(const void *bytes, size_t size) {
    if (size > sizeof reply - reply_size) give_now();
    if (size > sizeof reply) {
        if (!write_exactly(1, bytes, size)) _exit(0);
        return;
    }
    memcpy(reply + reply_size, bytes, size);
    reply_size += size;
}

void give_now(void) {
    if (!reply_size) return;
    if (!write_exactly(1, reply, reply_size)) _exit(0);
    reply_size = 0;
    given_us = now_us();
}

/* Sends what waits, unless more will follow in a moment. No more waits than `give_if_heard` can send. */
void give_soon(void) {
    if (reply_size > PIPE_BUF || !more_is_coming() || now_us() - given_us >= GATHER_US) give_now();
}

/* Sends what waits if that cannot keep us waiting: while a program runs nobody else watches it, and whoever is to read may be busy.
 * Whether nothing waits any more. */
bool give_if_heard(void) {
    struct pollfd out = {.fd = 1, .events = POLLOUT};
    if (reply_size && reply_size <= PIPE_BUF && poll(&out, 1, 0) > 0) give_now();
    return !reply_size;
}

void give_u8(uint8_t value) { give(&value, sizeof value); }
void give_u32(uint32_t value) { give(&value, sizeof value); }
void give_u64(uint64_t value) { give(&value, sizeof value); }

/* Gives exactly `size` bytes of the file's start; a file that has become shorter is filled up with zeros. */
void give_from_file(int fd, uint32_t size) {
    uint64_t at = 0;
    while (at < size) {
        size_t part = size - at < sizeof buffer ? size - at : sizeof buffer;
        ssize_t got = pread(fd, buffer, part, at);
        if (got <= 0) {
            memset(buffer, 0, part);
            got = part;
        }
        give(buffer, got);
        at += got;
    }
}

void give_done(void) {
    give_u32(1);
    give_u8(KIND_DONE);
}

void give_failed(int error, const char *what) {
    uint16_t size = strlen(what);
    give_u32(1 + 4 + 2 + size);
    give_u8(KIND_FAILED);
    give_u32(error);
    give(&size, sizeof size);
    give(what, size);
}
