/* The status that a program asks for when it leaves by SystemExit. */
#include "python.h"

#include <unistd.h>

#define NOT_ASKED (-1)
#define UNCERTAIN (-2) /* only the long end knows */

static int last_asked = NOT_ASKED; /* by sys.exit, which makes no object of its exception unless somebody catches it */

/* What this code means as a status. What is neither nothing nor a number is printed, and the status is 1. */
static int meaning(Object *code) {
    if (code == none) return 0;
    Object *type = PyObject_Type(code);
    int asked = PyType_IsSubtype(type, &PyLong_Type) ? (int)PyLong_AsLong(code) & 0xff : 1;
    Py_DecRef(type);
    return PyErr_Occurred() ? PyErr_Clear(), UNCERTAIN : asked; /* a number too large */
}

/* What is said of the status once more: of two that differ nobody knows which is obeyed. */
static int together(int asked, int other) { return asked == NOT_ASKED || asked == other ? other : UNCERTAIN; }

/* What all SystemExit that there are ask for: one of them is obeyed, or the exception of the last call of sys.exit. Another class may
 * compute its code, and that more than once. */
int asked_status(void) {
    Object *objects = is_small() ? PyObject_CallNoArgs(get_objects) : NULL;
    int asked = objects ? last_asked : UNCERTAIN;
    for (ssize_t at = objects ? PyList_Size(objects) : 0; at-- > 0;) {
        Object *object = PyList_GetItem(objects, at), *type = PyObject_Type(object);
        Object *code = type == PyExc_SystemExit ? PyObject_GetAttrString(object, "code") : NULL;
        if (PyType_IsSubtype(type, PyExc_SystemExit)) asked = together(asked, code ? meaning(code) : UNCERTAIN);
        if (code) Py_DecRef(code);
        Py_DecRef(type);
    }
    PyErr_Clear();
    if (objects) Py_DecRef(objects);
    return asked;
}

static Object *(*sys_exit)(Object *, Object *const *, ssize_t);
static Object *(*thread_exit)(Object *, Object *);

static bool in_main_thread(void) { return gettid() == getpid(); } /* another one only ends itself */

static Object *exit_and_note(Object *self, Object *const *arguments, ssize_t number) {
    if (in_main_thread() && number < 2) last_asked = number ? meaning(arguments[0]) : 0;
    return sys_exit(self, arguments, number);
}

static Object *exit_thread_and_note(Object *self, Object *nothing) {
    if (in_main_thread()) last_asked = together(last_asked, 0);
    return thread_exit(self, nothing);
}

/* Puts a function of ours before a built-in one of the interpreter's. False when it is not what we know. */
bool before(Object *module, const char *name, int flags, void *ours, void **original) {
    struct function { ssize_t references; Object *type; struct method *method; } *function;
    function = module ? PyObject_GetAttrString(module, name) : NULL;
    if (!function || function->type != known[BUILTIN] || function->method->flags != flags) return false;
    *original = function->method->function;
    function->method->function = ours;
    return true;
}

bool notes_exits(void) {
    return before(quietly("sys"), "exit", FAST_ARGUMENTS, exit_and_note, (void **)&sys_exit) &&
           before(quietly("_thread"), "exit", NO_ARGUMENTS, exit_thread_and_note, (void **)&thread_exit);
}
