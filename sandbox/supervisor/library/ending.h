#ifndef ENDING_H
#define ENDING_H

#include <stdio.h>

void prepare_short_end(void);
/* `program` is the opened file that Python will run; none: a program given as text. */
void allow_short_end(FILE *program);

#endif
