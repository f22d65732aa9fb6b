// @EXPECTED_RESULTS@: OUTPUT-LIMIT
#include <cstdio>

int main() {
    for (int line = 0; line < 2000000; line++) std::puts("Hello World!");
}
