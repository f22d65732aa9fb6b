/* A program whose input and output are pipes: what it writes goes out as frames while it runs, what comes in is written to it.
 *
 * Neither side can flood the other: the program's pipe is read only as far as MORE allows, and what is to be HEARd is at most a
 * WINDOW ahead of what the program has read. So the supervisor never waits for the program and always hears a STOP. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct talk {
    int to_program, from_program, program_in, program_out;
    uint32_t waiting, may_say, taken;
    bool close_after, stop;
    uint64_t said;
    char hear[WINDOW];
};

static struct talk talk;
static char block[WINDOW];

static void on_child(int signal) { (void)signal; } /* it is there to end a poll */

static void shut(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Two pipes. `in` and `out` become the program's ends; null when there are none to be had. */
struct talk *talk_open(int *in, int *out) {
    int hear[2], say[2];
    struct sigaction action = {.sa_handler = on_child};
    sigaction(SIGCHLD, &action, NULL);
    memset(&talk, 0, sizeof talk);
    if (pipe2(hear, O_CLOEXEC)) return NULL;
    if (pipe2(say, O_CLOEXEC)) return close(hear[0]), close(hear[1]), NULL;
    talk.program_in = *in = hear[0];
    talk.to_program = hear[1];
    talk.from_program = say[0];
    talk.program_out = *out = say[1];
    talk.may_say = WINDOW;
    fcntl(talk.to_program, F_SETFL, O_NONBLOCK);
    fcntl(talk.from_program, F_SETFL, O_NONBLOCK);
    return &talk;
}

/* The program has its ends now: without ours, the end of one side is seen by the other. */
void talk_started(struct talk *talk) {
    shut(&talk->program_in);
    shut(&talk->program_out);
}

uint64_t talk_said(const struct talk *talk) { return talk->said; }

/* Told in large pieces: as long as three quarters of the window are open nobody needs to know. */
static void give_took(uint32_t size) {
    talk.taken += size;
    if (talk.taken < WINDOW / 4) return;
    give_u32(1 + 4);
    give_u8(KIND_TOOK);
    give_u32(talk.taken);
    talk.taken = 0;
}

/* Nobody reads any more: what is waiting, and what comes, counts as taken. */
static void forget_listener(struct talk *talk) {
    shut(&talk->to_program);
    if (talk->waiting) give_took(talk->waiting);
    talk->waiting = 0;
}

static void pass_on(struct talk *talk) {
    ssize_t put = talk->waiting ? write(talk->to_program, talk->hear, talk->waiting) : 0;
    if (put < 0 && errno != EAGAIN && errno != EINTR) {
        forget_listener(talk);
        return;
    }
    if (put > 0) {
        talk->waiting -= put;
        memmove(talk->hear, talk->hear + put, talk->waiting);
        give_took(put);
    }
    if (!talk->waiting && talk->close_after) shut(&talk->to_program);
}

static void hear(struct talk *talk) {
    uint32_t size = frame_left();
    if (size > sizeof talk->hear - talk->waiting) _exit(3); /* the other side broke the rule */
    take(talk->hear + talk->waiting, size);
    talk->waiting += size;
    if (talk->to_program < 0) forget_listener(talk);
    else pass_on(talk);
}

static void obey(struct talk *talk, uint64_t busy_us) {
    uint8_t kind;
    frame_begin();
    take(&kind, sizeof kind);
    switch (kind) {
    case KIND_HEAR: hear(talk); break;
    case KIND_MORE: talk->may_say += take_u32(); break;
    case KIND_STOP: talk->stop = true; break;
    case KIND_CLOSE:
        talk->close_after = true;
        if (talk->to_program >= 0) pass_on(talk);
        break;
    case KIND_PULSE:
        give_u32(1 + 8);
        give_u8(KIND_ALIVE);
        give_u64(busy_us);
        break;
    default: _exit(3);
    }
    frame_end();
}

/* Gives at most `most` bytes of what the program has written, or none at its end. False when there is nothing now, or never again. */
static bool say(struct talk *talk, uint32_t most) {
    ssize_t got = read(talk->from_program, block, most < sizeof block ? most : sizeof block);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got < 0) got = 0;
    if (!got) shut(&talk->from_program);
    talk->said += got;
    talk->may_say -= (uint32_t)got < talk->may_say ? (uint32_t)got : talk->may_say;
    give_u32(1 + got);
    give_u8(KIND_SAID);
    give(block, got);
    return got;
}

/* Carries words to and fro until something may have happened to the program. False when it is to be stopped. */
bool talk_wait(struct talk *talk, uint64_t pause_us, uint64_t (*busy_us)(const void *), const void *watch) {
    struct timespec timeout = {pause_us / 1000000, pause_us % 1000000 * 1000};
    struct pollfd polled[3] = {
        {.fd = 0, .events = POLLIN},
        {.fd = talk->may_say ? talk->from_program : -1, .events = POLLIN},
        {.fd = talk->waiting ? talk->to_program : -1, .events = POLLOUT},
    };
    sigset_t none;
    sigemptyset(&none);
    bool heard = more_is_heard();
    if (heard) timeout = (struct timespec){0};
    if (ppoll(polled, 3, &timeout, &none) <= 0 && !heard) return !talk->stop;
    if (polled[2].revents) pass_on(talk);
    if (polled[1].revents) say(talk, talk->may_say);
    if (polled[0].revents || heard) obey(talk, busy_us(watch));
    give_now(); /* the other side waits for it */
    return !talk->stop;
}

/* After the program and everything it started: the rest of what it has written. */
void talk_end(struct talk *talk) {
    talk_started(talk);
    while (talk->from_program >= 0 && say(talk, WINDOW)) continue;
    shut(&talk->from_program);
    shut(&talk->to_program);
}
