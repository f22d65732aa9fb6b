#ifndef ENDING_H
#define ENDING_H

#include <stdio.h>

void prepare_short_end(void);
void allow_short_end(FILE *program);
void ask_for_short_end(int status);

#endif
