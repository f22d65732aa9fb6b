#include "words.h"

std::string greeting() { return "Hello World!"; }
