/* The interpreter that is started beforehand: it stops where it would open its program, and forks for each run.
 *
 * It is started by the very command that runs a program, with a library of ours (library/interpreter.c) in it, before any file
 * of a candidate is in the box. So it holds nothing but itself, and has run nothing but what is in the image. What it forks is a
 * child of the supervisor and is watched, ended and measured as if the supervisor had started it. Where it cannot serve, programs
 * are started as usual. */
#include "supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "errand.h"

#define READY_MS 10000

static pid_t interpreter;
static int socket_to_it = -1;
static char command[STRING_BYTES], environment[STRING_BYTES]; /* what it was started with */
static size_t command_size, environment_size;

pid_t preloaded_interpreter(void) { return interpreter; }

/* It is gone and has been reaped: from now on programs start as usual. */
void preloaded_ended(void) {
    if (socket_to_it >= 0) close(socket_to_it);
    socket_to_it = -1;
    interpreter = 0;
}

static void end_it(void) {
    if (!interpreter) return;
    kill(interpreter, SIGKILL);
    while (waitpid(interpreter, NULL, 0) < 0 && errno == EINTR) continue;
    preloaded_ended();
}

/* All strings of a list in one piece, a zero byte after each. False when they do not fit. */
static bool flatten(char *to, char *const *list, size_t *size) {
    *size = 0;
    for (; *list; list++) {
        size_t length = strlen(*list) + 1;
        if (*size + length > STRING_BYTES) return false;
        memcpy(to + *size, *list, length);
        *size += length;
    }
    return true;
}

/* Whether these are the strings in that piece. */
static bool are(char *const *list, const char *piece, size_t size) {
    static char other[STRING_BYTES];
    size_t length;
    return flatten(other, list, &length) && length == size && !memcmp(other, piece, size);
}

/* The interpreter's own way from fork: what it will hand on to programs must be as a program finds it when it starts. */
static void become_interpreter(int line, char *const *argv, char *const *envp) {
    char *variables[ARGUMENTS + 2];
    size_t number = 0;
    sigset_t none;
    sigemptyset(&none);
    for (; envp[number]; number++) variables[number] = envp[number];
    variables[number++] = "LD_PRELOAD=" ERRAND_LIBRARY; /* last: the library removes it */
    variables[number] = NULL;
    setsid();
    for (int stream = 0; stream <= 2; stream++) { /* files of the same kind as programs get: buffers are made for them */
        int fd = memfd_create("none", MFD_CLOEXEC);
        if (fd < 0 || dup2(fd, stream) < 0) _exit(127);
        close(fd);
    }
    if (dup2(line, ERRAND_SOCKET) < 0 || chdir(WORK_DIR)) _exit(127);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    raise_stack();
    execve(argv[0], argv, variables);
    _exit(127);
}

static bool read_answer(struct answer *answer, int timeout_ms) {
    struct pollfd line = {socket_to_it, POLLIN, 0};
    int ready;
    while ((ready = poll(&line, 1, timeout_ms)) < 0 && errno == EINTR) continue;
    return ready > 0 && recv(socket_to_it, answer, sizeof *answer, 0) == sizeof *answer;
}

static void start_it(char *const *argv, char *const *envp) {
    int ends[2];
    struct answer ready;
    if (!cgroup_tasks()) return; /* without this counter run.c cannot tell that nothing but the interpreter is left */
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) return;
    interpreter = fork();
    if (!interpreter) become_interpreter(ends[1], argv, envp);
    close(ends[1]);
    socket_to_it = ends[0];
    if (interpreter < 0) preloaded_ended();
    else if (!read_answer(&ready, READY_MS) || ready.pid || ready.error) end_it();
}

/* Starts an interpreter by this command, unless it is there already. */
void preload(char *const *argv, char *const *envp) {
    if (interpreter && are(argv, command, command_size) && are(envp, environment, environment_size)) return;
    end_it();
    if (flatten(command, argv, &command_size) && flatten(environment, envp, &environment_size)) start_it(argv, envp);
}

static bool send_errand(const struct order *order, const struct errand *errand, size_t size) {
    char control[CMSG_SPACE(sizeof order->ends)] = {0};
    struct iovec piece = {(void *)errand, size};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof order->ends);
    memcpy(CMSG_DATA(head), order->ends, sizeof order->ends);
    return sendmsg(socket_to_it, &message, MSG_NOSIGNAL) == (ssize_t)size;
}

/* Whether it is this interpreter that is to run a program given as text, isolated. */
static bool is_text(char *const *argv) {
    if (!argv[0] || strcmp(argv[0], command) || !argv[1] || strcmp(argv[1], "-I")) return false;
    for (char *const *word = argv + 1; *word && **word == '-'; word++)
        if (!strcmp(*word, "-c")) return word[1] != NULL;
    return false;
}

/* Asks the interpreter for the process of this order. 0 when the order must be carried out as usual; -1 when nobody knows
 * whether there is such a process now. `error` is why it could not become the program, if it has said so already. */
pid_t preloaded_program(const struct order *order, int *error) {
    static struct errand errand;
    struct answer answer;
    size_t size = 0;
    *error = 0;
    if (!interpreter || !are(order->envp, environment, environment_size)) return 0;
    errand.terms = order->terms;
    errand.words = 0;
    if (!are(order->argv, command, command_size)) {
        if (!is_text(order->argv) || !flatten(errand.text, order->argv, &size)) return 0;
        while (order->argv[errand.words]) errand.words++;
    }
    if (!send_errand(order, &errand, offsetof(struct errand, text) + size)) return 0;
    do {
        if (!read_answer(&answer, READY_MS)) return errno = EPROTO, -1;
        if (answer.error) *error = answer.error;
    } while (answer.error && answer.pid); /* a process that could not become the program was quicker than the interpreter */
    return answer.error ? 0 : answer.pid;
}

/* What a process of the interpreter has said that could not become the program; 0: nothing. */
int preloaded_complaint(void) {
    struct answer answer;
    return socket_to_it >= 0 && recv(socket_to_it, &answer, sizeof answer, MSG_DONTWAIT) == sizeof answer ? answer.error : 0;
}
