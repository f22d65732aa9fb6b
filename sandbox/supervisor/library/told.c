/* What of a program's could be told that it dies. */
#include "python.h"

#include <dlfcn.h>
#include <string.h>

Object *known[KNOWN], *collector, *get_objects, *const none = &_Py_NoneStruct;

/* A module of the interpreter's own, without a trace that it was asked for. */
Object *quietly(const char *name) {
    bool there = PyDict_GetItemString(PyImport_GetModuleDict(), name) != NULL;
    Object *module = PyImport_ImportModule(name);
    if (module && !there) PyDict_DelItemString(PyImport_GetModuleDict(), name);
    return module;
}

bool learn_types(void) {
    Object *io = quietly("_io"), *weak = quietly("_weakref"), *builtins = quietly("builtins");
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

bool is_instance(Object *object, Object *type) {
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

/* Files that are still open may be a warning, if somebody has asked for those. */
static bool warns(void) { return PyDict_GetItemString(PyImport_GetModuleDict(), "warnings") != NULL; }

/* Whether an object of a type that has an end of its own nevertheless dies without a trace: nothing in it is left to be written. */
static bool ends_silently(Object *object, Object *type) {
    if (type == known[BYTES_IO] || type == known[STRING_IO]) return true;
    if (type == known[GENERATOR]) return attribute(object, "gi_frame", is_none);
    bool reads = type == known[FILE_IO] || type == known[READER] || (type == known[TEXT] && attribute(object, "buffer", is_reader));
    return reads && !warns();
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
    if (type == known[WEAK]) return !attribute(object, "__callback__", is_silent);
    if (PyType_IsSubtype(type, known[WEAK])) return true; /* a kind of the program's own may answer as it likes */
    return last_has_end && !ends_silently(object, type);
}

/* Modules in other machine code than Python's own may do anything at the end; so may any code by way of these two: one asks the C
 * library to be told of its end, the other makes interpreters whose objects the collector of this one does not know. */
static bool has_foreign_code(void) {
    static const char *const ways_out[] = {"_ctypes", "_xxsubinterpreters"};
    Object *name, *module;
    ssize_t at = 0;
    for (size_t i = 0; i < sizeof ways_out / sizeof *ways_out; i++)
        if (PyDict_GetItemString(PyImport_GetModuleDict(), ways_out[i])) return true;
    while (PyDict_Next(PyImport_GetModuleDict(), &at, &name, &module)) {
        if (!is_instance(module, &PyModule_Type)) continue;
        Object *file = PyDict_GetItemString(PyModule_GetDict(module), "__file__");
        if (file && file != none && !is_of_standard_library(file)) return true;
    }
    return false;
}

/* Whether anything that came into being since the program began could be told of its end. */
bool anything_may_be_told(void) {
    Object *debugging = PyObject_CallMethod(collector, "get_debug", NULL);
    bool told = !debugging || PyObject_IsTrue(debugging) || !attribute(collector, "callbacks", is_empty) || has_foreign_code();
    if (debugging) Py_DecRef(debugging);
    Object *objects = told ? NULL : PyObject_CallNoArgs(get_objects);
    if (!objects) return PyErr_Clear(), true;
    for (ssize_t at = PyList_Size(objects); at-- > 0 && !told;) told = may_be_told(PyList_GetItem(objects, at));
    Py_DecRef(objects);
    return told;
}
