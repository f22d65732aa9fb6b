#include "words.h"

#include <iostream>

int main() { std::cout << greeting() << '\n'; }
