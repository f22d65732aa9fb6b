/* What the other parts of the library need of the syntax check. */
#ifndef CHECKING_H
#define CHECKING_H

#include <stdbool.h>
#include <stdint.h>

bool is_check(const char *text);
int check(const char *paths, uint32_t number);

#endif
