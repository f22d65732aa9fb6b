/* A short end for programs that are over: without taking the interpreter apart, where nobody could tell.
 *
 * What Python does at its end is done by Python itself: it waits for threads, runs what was registered with atexit, and last of
 * these our function here, registered before any program. What would follow can be seen only if something of the program's is
 * told that it dies: a __del__, a callback of a weak reference, a generator that stands in a try, a file with text not written
 * yet. If there is none of these, the streams are flushed and the process ends with its status. If there is one, or the status is
 * not certain, the function returns, and Python goes on to its long end as ever. */
#include "ending.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "python.h"

#define MOST_KIB 8192 /* what a program may have grown by: to look through more would take longer than it saves */

static enum { UNKNOWN, IF_IT_RAN_THROUGH, CERTAIN } knowledge; /* of `status` */
static int status;
static long grown_from_kib;
static bool frozen_by_program;
static Object *(*freeze)(Object *, Object *);

static long resident_kib(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) ? 0 : usage.ru_maxrss;
}

/* As Python does it. False when it cannot be: then Python does it once more, and says so; and for a stream of the program's own,
 * which may do anything when it is asked for something, and must not be asked twice. */
static bool flush(const char *name) {
    Object *stream = PySys_GetObject(name);
    if (!stream || stream == none) return true;
    if (!is_instance(stream, known[TEXT]) && !is_instance(stream, known[STRING_IO])) return false;
    Object *closed = PyObject_GetAttrString(stream, "closed");
    int is_closed = closed ? PyObject_IsTrue(closed) : 0;
    if (closed) Py_DecRef(closed);
    PyErr_Clear();
    if (is_closed) return true;
    Object *answer = PyObject_CallMethod(stream, "flush", NULL);
    if (!answer) return PyErr_Clear(), false;
    Py_DecRef(answer);
    return true;
}

/* When Python has run a program to its end, it takes the program's path out of the main module again; a program that
 * leaves by SystemExit never gets there. */
static bool ran_through(void) {
    Object *module = PyDict_GetItemString(PyImport_GetModuleDict(), "__main__");
    return module && is_instance(module, &PyModule_Type) && !PyDict_GetItemString(PyModule_GetDict(module), "__file__");
}

static bool status_is_known(void) {
    if (knowledge == UNKNOWN || PySys_GetObject("last_type")) return false; /* an exception: the long end knows what it means */
    return knowledge == CERTAIN || ran_through();
}

bool is_small(void) { return resident_kib() - grown_from_kib < MOST_KIB; }

/* The last of what atexit calls. A program may call these itself: then a frame of it is there. */
static Object *end(Object *self, Object *nothing) {
    (void)self, (void)nothing;
    bool may = !frozen_by_program && !PyEval_GetFrame() && status_is_known() && is_small();
    if (may && !anything_may_be_told() && flush("stdout") && flush("stderr") && flush("__stdout__") && flush("__stderr__")) {
        fflush(NULL);
        _exit(status);
    }
    Py_IncRef(none);
    return none;
}

static void obey(int asked) {
    knowledge = asked < 0 ? UNKNOWN : CERTAIN;
    status = asked;
}

/* Python calls this one for standard output when it has a SystemExit in hand, just before it obeys it. */
int fflush(FILE *stream) {
    static int (*flush_file)(FILE *);
    Dl_info caller;
    if (!flush_file) flush_file = (int (*)(FILE *))dlsym(RTLD_NEXT, "fflush");
    if (knowledge == IF_IT_RAN_THROUGH && stream == stdout && Py_IsInitialized() && PyGILState_Check() && !PyEval_GetFrame() &&
        dladdr(__builtin_return_address(0), &caller) && caller.dli_sname && !strcmp(caller.dli_sname, "_Py_HandleSystemExit"))
        obey(asked_status());
    return flush_file(stream);
}

/* The function is forgotten: it was called and has returned, or a program has made atexit forget it. What follows is the long
 * end, for which the collector must see everything again, unless the program has hidden it all itself. */
static void thaw(Object *capsule) {
    (void)capsule;
    if (frozen_by_program) return;
    Object *answer = PyObject_CallMethod(collector, "unfreeze", NULL);
    if (answer) Py_DecRef(answer);
    else PyErr_Clear();
}

/* In place of gc.freeze: the collector no longer shows what there is. */
static Object *freeze_and_note(Object *self, Object *nothing) {
    frozen_by_program = true;
    return freeze(self, nothing);
}

/* The function belongs to atexit alone, and the capsule, which notices its end, to the function. */
static bool registered(Object *registry) {
    static struct method method = {"end", end, NO_ARGUMENTS, NULL};
    Object *capsule = PyCapsule_New(&method, NULL, thaw), *function = capsule ? PyCFunction_NewEx(&method, capsule, NULL) : NULL;
    Object *answer = function ? PyObject_CallMethod(registry, "register", "O", function) : NULL;
    if (capsule) Py_DecRef(capsule);
    if (function) Py_DecRef(function);
    if (answer) Py_DecRef(answer); /* the function once more */
    return answer != NULL;
}

/* In the interpreter, before it forks. What is there now is no program's: the collector need not look at it, and what need not be
 * looked at need not be copied for each run. */
void prepare_short_end(void) {
    Object *registry = quietly("atexit");
    collector = quietly("gc");
    get_objects = collector ? PyObject_GetAttrString(collector, "get_objects") : NULL;
    bool able = registry && get_objects && learn_types() && notes_exits();
    bool frozen = able && PyObject_CallMethod(collector, "freeze", NULL);
    if (!frozen || !before(collector, "freeze", NO_ARGUMENTS, freeze_and_note, (void **)&freeze) || !registered(registry)) get_objects = NULL;
    PyErr_Clear();
}

/* In a run, before Python runs this file. */
void allow_short_end(FILE *program) {
    struct stat file;
    knowledge = get_objects && !fstat(fileno(program), &file) && S_ISREG(file.st_mode) ? IF_IT_RAN_THROUGH : UNKNOWN;
    grown_from_kib = resident_kib();
}

/* In a run that has been gone through, with nothing left to do but to end with this status. */
void ask_for_short_end(int with) {
    knowledge = get_objects ? CERTAIN : UNKNOWN;
    status = with;
}
