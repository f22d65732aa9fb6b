/* A short end for programs that are over: without taking the interpreter apart, where nobody could tell.
 *
 * What Python does at its end is done by Python itself: it waits for threads, runs what was registered with atexit, and last of
 * these our function here, registered before any program. What would follow can be seen only if something of the program's is
 * told that it dies: a __del__, a callback of a weak reference, a generator that stands in a try, a file with text not written
 * yet. If there is none of these, the streams are flushed and the process ends with its status. If there is one, or the status is
 * not certain, the function returns, and Python goes on to its long end as ever. */
#include "ending.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* The interpreter's stable interface, see interpreter.c. */
typedef void Object;
struct method {
    const char *name;
    Object *(*function)(Object *self, Object *nothing);
    int flags;
    const char *text;
};
#define NO_ARGUMENTS 4
#define SLOT_DEL 53
#define SLOT_FINALIZE 80

extern char _Py_NoneStruct, PyType_Type, PyLong_Type, PyModule_Type;
extern Object *PyExc_SystemExit;
extern void Py_IncRef(Object *), Py_DecRef(Object *);
extern void PyErr_Clear(void), PyErr_Fetch(Object **, Object **, Object **), PyErr_Restore(Object *, Object *, Object *);
extern int PyErr_GivenExceptionMatches(Object *, Object *), PyGILState_Check(void), PyObject_IsTrue(Object *);
extern Object *PyErr_Occurred(void), *PyEval_GetFrame(void), *PySys_GetObject(const char *);
extern Object *PyImport_ImportModule(const char *), *PyImport_GetModuleDict(void), *PyModule_GetDict(Object *);
extern int PyDict_DelItemString(Object *, const char *), PyDict_Next(Object *, ssize_t *, Object **, Object **);
extern Object *PyDict_GetItemString(Object *, const char *);
extern Object *PyObject_GetAttrString(Object *, const char *), *PyObject_Type(Object *);
extern Object *PyObject_CallMethod(Object *, const char *, const char *, ...);
extern Object *PyObject_CallNoArgs(Object *);
extern Object *PyCFunction_NewEx(struct method *, Object *, Object *);
extern ssize_t PyList_Size(Object *);
extern Object *PyList_GetItem(Object *, ssize_t);
extern void *PyType_GetSlot(Object *, int);
extern int PyType_IsSubtype(Object *, Object *);
extern long PyLong_AsLong(Object *);
extern const char *PyUnicode_AsUTF8AndSize(Object *, ssize_t *);

#define MOST_KIB 8192 /* what a program may have grown by: to look through more would take longer than it saves */

enum known { BYTES_IO, STRING_IO, FILE_IO, READER, TEXT, WEAK, GENERATOR, BUILTIN, KNOWN };

static Object *known[KNOWN]; /* types, as the interpreter has them before any program */
static Object *collector, *get_objects, *none = &_Py_NoneStruct;
static bool over_is_certain;
static int status;
static long grown_from_kib;

static long resident_kib(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) ? 0 : usage.ru_maxrss;
}

/* --- what could be told that it dies -------------------------------------------------------------------------------- */

static bool is_instance(Object *object, Object *type) {
    Object *its = PyObject_Type(object);
    Py_DecRef(its);
    return its == type;
}

/* An attribute for which `holds` is true. What cannot be read is not. */
static bool attribute(Object *object, const char *name, bool (*holds)(Object *)) {
    Object *value = PyObject_GetAttrString(object, name);
    bool found = value && holds(value);
    if (value) Py_DecRef(value);
    else PyErr_Clear();
    return found;
}

static bool is_none(Object *value) { return value == none; }
static bool is_reader(Object *value) { return is_instance(value, known[READER]); }
static bool is_empty(Object *list) { return PyList_Size(list) == 0; }
static bool is_called_destroy(Object *name) {
    const char *text = PyUnicode_AsUTF8AndSize(name, NULL);
    return text && !strcmp(text, "_destroy");
}
/* No callback, or the one with which abstract classes forget those they have seen. */
static bool is_silent(Object *callback) {
    return callback == none || (is_instance(callback, known[BUILTIN]) && attribute(callback, "__name__", is_called_destroy));
}

static bool has_end_of_its_own(Object *type) { return PyType_GetSlot(type, SLOT_FINALIZE) || PyType_GetSlot(type, SLOT_DEL); }

/* Whether an object of a type that has an end of its own nevertheless dies without a trace: nothing in it is left to be written. */
static bool ends_silently(Object *object, Object *type) {
    if (type == known[BYTES_IO] || type == known[STRING_IO] || type == known[FILE_IO] || type == known[READER]) return true;
    if (type == known[TEXT]) return attribute(object, "buffer", is_reader);
    return type == known[GENERATOR] && attribute(object, "gi_frame", is_none);
}

static bool is_of_standard_library(Object *file) {
    const char *path = PyUnicode_AsUTF8AndSize(file, NULL);
    if (!path) return PyErr_Clear(), false;
    size_t length = strlen(path);
    return length < 3 || strcmp(path + length - 3, ".so") || strstr(path, "/lib-dynload/");
}

static bool may_be_told(Object *object) {
    static Object *last_type; /* objects of one type come in rows */
    static bool last_has_end, last_is_type;
    Object *type = PyObject_Type(object);
    Py_DecRef(type);
    if (type != last_type) {
        last_type = type;
        last_has_end = has_end_of_its_own(type);
        last_is_type = PyType_IsSubtype(type, &PyType_Type);
    }
    if (last_is_type && has_end_of_its_own(object)) return true; /* its objects need not be known to the collector */
    if (type == known[WEAK] || PyType_IsSubtype(type, known[WEAK])) return !attribute(object, "__callback__", is_silent);
    return last_has_end && !ends_silently(object, type);
}

/* Modules in other machine code than Python's own may do anything at the end. */
static bool has_foreign_code(void) {
    Object *name, *module;
    ssize_t at = 0;
    while (PyDict_Next(PyImport_GetModuleDict(), &at, &name, &module)) {
        if (!is_instance(module, &PyModule_Type)) continue;
        Object *file = PyDict_GetItemString(PyModule_GetDict(module), "__file__");
        if (file && file != none && !is_of_standard_library(file)) return true;
    }
    return false;
}

/* Whether anything that came into being since the program began could be told of its end. */
static bool anything_may_be_told(void) {
    Object *debugging = PyObject_CallMethod(collector, "get_debug", NULL);
    bool told = !debugging || PyObject_IsTrue(debugging) || !attribute(collector, "callbacks", is_empty) || has_foreign_code();
    if (debugging) Py_DecRef(debugging);
    Object *objects = told ? NULL : PyObject_CallNoArgs(get_objects);
    if (!objects) return PyErr_Clear(), true;
    for (ssize_t at = PyList_Size(objects); at-- > 0 && !told;) told = may_be_told(PyList_GetItem(objects, at));
    Py_DecRef(objects);
    return told;
}

/* --- the end -------------------------------------------------------------------------------------------------------- */

/* As Python does it. False when it cannot be: then Python does it once more, and says so. */
static bool flush(const char *name) {
    Object *stream = PySys_GetObject(name);
    if (!stream || stream == none) return true;
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

/* The last of what atexit calls. A program may call these itself: then a frame of it is there. */
static Object *end(Object *self, Object *nothing) {
    (void)self, (void)nothing;
    bool may = over_is_certain && !PyEval_GetFrame() && !PySys_GetObject("last_type") && resident_kib() - grown_from_kib < MOST_KIB;
    if (may && !anything_may_be_told() && flush("stdout") && flush("stderr") && flush("__stdout__") && flush("__stderr__")) {
        fflush(NULL);
        _exit(status);
    }
    Py_IncRef(none);
    return none;
}

/* The exception that ends a program, as the status that it asks for. What is neither nothing nor a number is printed: status 1. */
static void note_status(Object *exception) {
    Object *code = is_instance(exception, PyExc_SystemExit) ? PyObject_GetAttrString(exception, "code") : NULL;
    over_is_certain = code != NULL; /* another class may compute its code, and that more than once */
    if (code && code != none) {
        Object *type = PyObject_Type(code);
        status = PyType_IsSubtype(type, &PyLong_Type) ? (int)PyLong_AsLong(code) & 0xff : 1;
        Py_DecRef(type);
    }
    if (PyErr_Occurred()) PyErr_Clear(), over_is_certain = false; /* a number too large */
    if (code) Py_DecRef(code);
}

/* Python calls this one for standard output with nothing but SystemExit in hand, just before it obeys it. */
int fflush(FILE *stream) {
    static int (*flush_file)(FILE *);
    if (!flush_file) flush_file = (int (*)(FILE *))dlsym(RTLD_NEXT, "fflush");
    if (over_is_certain && stream == stdout && PyGILState_Check() && !PyEval_GetFrame() && PyErr_Occurred() &&
        PyErr_GivenExceptionMatches(PyErr_Occurred(), PyExc_SystemExit)) {
        Object *type, *value, *trace;
        PyErr_Fetch(&type, &value, &trace);
        if (value) note_status(value);
        PyErr_Restore(type, value, trace);
    }
    return flush_file(stream);
}

static bool learn_types(Object *io, Object *weak, Object *builtins) {
    static const struct { enum known which; const char *name; } of_io[] = {
        {BYTES_IO, "BytesIO"}, {STRING_IO, "StringIO"}, {FILE_IO, "FileIO"}, {READER, "BufferedReader"}, {TEXT, "TextIOWrapper"}};
    for (size_t i = 0; io && i < sizeof of_io / sizeof *of_io; i++) known[of_io[i].which] = PyObject_GetAttrString(io, of_io[i].name);
    known[WEAK] = weak ? PyObject_GetAttrString(weak, "ReferenceType") : NULL;
    Object *length = builtins ? PyObject_GetAttrString(builtins, "len") : NULL;
    known[BUILTIN] = length ? PyObject_Type(length) : NULL;
    known[GENERATOR] = dlsym(RTLD_DEFAULT, "PyGen_Type");
    for (int i = 0; i < KNOWN; i++)
        if (!known[i]) return false;
    return true;
}

/* A module of the interpreter's own, without a trace that it was asked for. */
static Object *quietly(const char *name) {
    bool there = PyDict_GetItemString(PyImport_GetModuleDict(), name) != NULL;
    Object *module = PyImport_ImportModule(name);
    if (module && !there) PyDict_DelItemString(PyImport_GetModuleDict(), name);
    return module;
}

/* In the interpreter, before it forks: whatever is there now is no program's, and the collector shall never touch it. */
void prepare_short_end(void) {
    static struct method method = {"end", end, NO_ARGUMENTS, NULL};
    Object *registry = quietly("atexit"), *function = PyCFunction_NewEx(&method, NULL, NULL);
    collector = quietly("gc");
    get_objects = collector ? PyObject_GetAttrString(collector, "get_objects") : NULL;
    bool able = registry && function && get_objects && learn_types(quietly("_io"), quietly("_weakref"), quietly("builtins"));
    if (able) able = PyObject_CallMethod(collector, "freeze", NULL) && PyObject_CallMethod(registry, "register", "O", function);
    PyErr_Clear();
    if (!able) get_objects = NULL;
}

/* In a run: from now on Python ends for no other reason than that its program does, with status 0 unless an exception says otherwise. */
void allow_short_end(FILE *program) {
    struct stat file;
    over_is_certain = get_objects && (!program || (!fstat(fileno(program), &file) && S_ISREG(file.st_mode)));
    grown_from_kib = resident_kib();
}
