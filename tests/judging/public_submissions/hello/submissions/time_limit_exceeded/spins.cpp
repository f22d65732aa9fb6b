#include <cstdio>

int main() {
    std::puts("Hello World!");
    std::fflush(stdout);
    for (volatile unsigned turn = 0;; turn = turn + 1) {
    }
}
