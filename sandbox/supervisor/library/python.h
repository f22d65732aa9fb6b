/* The functions of the interpreter, declared by hand: they are of its stable interface, and its headers are in no image. Beside
 * them what this library adds for its own files. */
#ifndef PYTHON_H
#define PYTHON_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef void Object;
struct method {
    const char *name;
    void *function;
    int flags;
    const char *text;
};
#define NO_ARGUMENTS 4
#define FAST_ARGUMENTS 0x80
#define SLOT_DEL 53
#define SLOT_FINALIZE 80

extern int PyGILState_Ensure(void);
extern void PyGILState_Release(int state);
extern void PyOS_BeforeFork(void), PyOS_AfterFork_Parent(void), PyOS_AfterFork_Child(void);
extern Object *PyList_New(ssize_t size), *PyUnicode_DecodeFSDefault(const char *text);
extern int PyList_Append(Object *list, Object *item), PySys_SetObject(const char *name, Object *value);
extern int PyRun_SimpleStringFlags(const char *text, void *flags), Py_FinalizeEx(void);
extern char _Py_NoneStruct, PyType_Type, PyLong_Type, PyModule_Type;
extern Object *PyExc_SystemExit;
extern void Py_IncRef(Object *), Py_DecRef(Object *);
extern void PyErr_Clear(void), PyErr_Print(void);
extern Object *PyLong_FromLong(long), *Py_CompileStringExFlags(const char *, const char *, int, void *, int);
extern int Py_IsInitialized(void), PyGILState_Check(void), PyObject_IsTrue(Object *);
extern Object *PyErr_Occurred(void), *PyEval_GetFrame(void), *PySys_GetObject(const char *);
extern Object *PyImport_ImportModule(const char *), *PyImport_GetModuleDict(void), *PyModule_GetDict(Object *);
extern int PyDict_DelItemString(Object *, const char *), PyDict_Next(Object *, ssize_t *, Object **, Object **);
extern Object *PyDict_GetItemString(Object *, const char *);
extern Object *PyObject_GetAttrString(Object *, const char *), *PyObject_Type(Object *);
extern Object *PyObject_CallMethod(Object *, const char *, const char *, ...);
extern Object *PyObject_CallNoArgs(Object *);
extern Object *PyCFunction_NewEx(struct method *, Object *, Object *);
extern Object *PyCapsule_New(void *, const char *, void (*)(Object *));
extern ssize_t PyList_Size(Object *);
extern int PyList_SetSlice(Object *, ssize_t from, ssize_t to, Object *items);
extern Object *PyList_GetItem(Object *, ssize_t);
extern void *PyType_GetSlot(Object *, int);
extern int PyType_IsSubtype(Object *, Object *);
extern long PyLong_AsLong(Object *);
extern const char *PyUnicode_AsUTF8AndSize(Object *, ssize_t *);

enum known { BYTES_IO, STRING_IO, FILE_IO, READER, TEXT, WEAK, GENERATOR, BUILTIN, KNOWN };

extern Object *known[KNOWN]; /* types, as the interpreter has them before any program */
extern Object *collector, *get_objects, *const none;

bool is_instance(Object *object, Object *type);
Object *quietly(const char *name);
bool learn_types(void);
bool anything_may_be_told(void);
bool is_small(void);
bool before(Object *module, const char *name, int flags, void *ours, void **original);
bool notes_exits(void);
int asked_status(void);

#endif
