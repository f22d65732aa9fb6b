/* The syntax check of a Python program, by the interpreter's own compiler but without the way there: for `compile` the interpreter
 * first makes the types of all syntax trees, which takes longer than the rest of a small program's check. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../errand.h"
#include "checking.h"
#include "python.h"

#define A_WHOLE_FILE 257
#define BYTES_ARE_UTF8_UNLESS_THEY_SAY_OTHERWISE 0x100 /* as `compile` has it */

struct flags {
    int flags, version;
};

/* The file's text; null when it cannot be read as a whole, or holds a zero byte. */
static char *text_of(const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    char *text = file >= 0 && !fstat(file, &status) ? malloc(status.st_size + 1) : NULL;
    ssize_t size = text ? read(file, text, status.st_size) : -1;
    if (file >= 0) close(file);
    if (size >= 0) text[size] = 0;
    if (size >= 0 && size == status.st_size && strlen(text) == (size_t)size) return text;
    free(text);
    return NULL;
}

bool is_check(const char *text) { return !strncmp(text, CHECK_MARK, sizeof CHECK_MARK - 1); }

/* Whether all these files are programs. What is wrong with the first that is not has been said. */
static bool all_compile(char **texts, const char *path, uint32_t number) {
    struct flags flags = {BYTES_ARE_UTF8_UNLESS_THEY_SAY_OTHERWISE, 0};
    for (uint32_t i = 0; i < number; i++, path += strlen(path) + 1) {
        Object *code = Py_CompileStringExFlags(texts[i], path, A_WHOLE_FILE, &flags, -1);
        if (!code) return PyErr_Print(), false;
        Py_DecRef(code);
    }
    return true;
}

/* Checks these files. The exit status, or -1 when one cannot be read and nothing has been done. */
int check(const char *paths, uint32_t number) {
    char *texts[number + 1];
    const char *path = paths;
    for (uint32_t i = 0; i < number; i++, path += strlen(path) + 1)
        if (!(texts[i] = text_of(path))) return -1;
    PySys_SetObject("tracebacklimit", PyLong_FromLong(0));
    return !all_compile(texts, paths, number);
}
