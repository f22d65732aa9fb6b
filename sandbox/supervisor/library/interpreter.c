/* The library in a preloaded interpreter: it stops where the interpreter would open its program, and forks there for each run.
 *
 * It is put into a plain /usr/bin/python3 by LD_PRELOAD. What it forks goes on exactly as an interpreter that was started for this
 * one run, because up to that moment they have done the same; only its end is shorter where nobody can tell (ending.c). */
#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../errand.h"
#include "checking.h"
#include "ending.h"
#include "python.h"

static const char *script; /* until it is opened for the first time */
static struct errand errand;

/* No process that a program starts may find the library in its environment, nor may the program itself. */
static void leave_environment(char **variables) {
    static const char name[] = "LD_PRELOAD=";
    for (; *variables; variables++) {
        if (strncmp(*variables, name, sizeof name - 1)) continue;
        memset(*variables, 0, strlen(*variables));
        for (char **at = variables; *at; at++) at[0] = at[1];
        return;
    }
}

__attribute__((constructor)) static void set_up(int argc, char **argv, char **variables) {
    leave_environment(variables);
    prctl(PR_SET_DUMPABLE, 0); /* nobody may look into this process through /proc */
    script = argv[argc - 1];
}

static void answer(pid_t pid, int error) {
    struct answer said = {pid, error};
    if (send(ERRAND_SOCKET, &said, sizeof said, MSG_NOSIGNAL) < 0) _exit(0);
}

/* Waits for the next errand and its three files. Does not return when the supervisor is gone. */
static void receive(int *files) {
    char control[CMSG_SPACE(3 * sizeof(int))];
    struct iovec piece = {&errand, sizeof errand};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    ssize_t size;
    while ((size = recvmsg(ERRAND_SOCKET, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) continue;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (size <= 0 || !head || head->cmsg_len != CMSG_LEN(3 * sizeof(int))) _exit(0);
    memcpy(files, CMSG_DATA(head), 3 * sizeof(int));
}

/* A fork whose child is the supervisor's own. What the C library's fork does beside: it knows the new thread's number, and the
 * kernel knows its list of robust locks. */
static pid_t fork_for_supervisor(void) {
    int *thread_number = NULL;
    void *locks;
    size_t size;
    unsigned long flags = CLONE_PARENT | SIGCHLD;
    if (!prctl(PR_GET_TID_ADDRESS, &thread_number) && thread_number) flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
    bool has_locks = !syscall(SYS_get_robust_list, 0, &locks, &size);
#if defined(__x86_64__)
    pid_t pid = syscall(SYS_clone, flags, NULL, NULL, thread_number, NULL);
#else
    pid_t pid = syscall(SYS_clone, flags, NULL, NULL, NULL, thread_number);
#endif
    if (!pid && has_locks) syscall(SYS_set_robust_list, locks, size);
    return pid;
}

/* The child: a user of its own from here on, with nothing open but its three streams. */
static void become_run(const int *files) {
    int error = become(&errand.terms, files);
    if (error) {
        answer(getpid(), error);
        _exit(127);
    }
    prctl(PR_SET_DUMPABLE, 1); /* as after exec: a program may open its own /proc/self/fd */
    close(ERRAND_SOCKET);
    if (!syscall(SYS_close_range, 3, ~0u, 0)) return;
    for (int fd = 3; fd < OPEN_FILES; fd++) close(fd); /* a kernel, or a filter, that does not know the call */
}

/* A text is run isolated (-I): no module may come from the folder of the program, which the interpreter was started for. Even a text
 * that only compiles would import what a source's encoding is made of. */
static void forget_folder_of_program(void) {
    Object *path = PySys_GetObject("path");
    if (!path || PyList_SetSlice(path, 0, 1, NULL)) _exit(127);
}

/* What `python3 -I -c text words...` does, from where it has started. */
static void run_text(void) {
    const char *word = errand.text, *end = errand.text + sizeof errand.text;
    uint32_t left = errand.words;
    while (left && strcmp(word, "-c")) left--, word += strlen(word) + 1;
    if (left < 2 || word >= end) _exit(127);
    forget_folder_of_program();
    void *arguments = PyList_New(0);
    PyList_Append(arguments, PyUnicode_DecodeFSDefault(word));
    const char *text = word += strlen(word) + 1;
    int failed = is_check(text) ? check(text + strlen(text) + 1, left - 2) : -1;
    for (left -= 2; left; left--) {
        word += strlen(word) + 1;
        PyList_Append(arguments, PyUnicode_DecodeFSDefault(word));
    }
    PySys_SetObject("argv", arguments);
    if (failed < 0) failed = PyRun_SimpleStringFlags(text, NULL);
    if (!failed) ask_for_short_end(0);
    exit(Py_FinalizeEx() < 0 ? 120 : failed != 0);
}

/* Returns in the child of each errand, never in the interpreter itself. */
static void serve(void) {
    int files[3], state = PyGILState_Ensure();
    prepare_short_end();
    prepare_rules();
    answer(0, 0);
    for (;;) {
        receive(files);
        PyOS_BeforeFork();
        pid_t pid = fork_for_supervisor();
        if (!pid) break;
        int error = errno;
        PyOS_AfterFork_Parent();
        for (int i = 0; i < 3; i++) close(files[i]);
        answer(pid < 0 ? 0 : pid, pid < 0 ? error : 0);
    }
    become_run(files);
    PyOS_AfterFork_Child();
    if (errand.words) run_text();
    PyGILState_Release(state);
}

/* What the interpreter opens its program with, in place of the C library's own. */
FILE *fopen64(const char *path, const char *mode) {
    static FILE *(*open_file)(const char *, const char *);
    if (!open_file) open_file = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen64");
    if (script && !strcmp(path, script)) {
        script = NULL;
        serve();
        FILE *program = open_file(path, mode);
        if (program) allow_short_end(program);
        return program;
    }
    return open_file(path, mode);
}
