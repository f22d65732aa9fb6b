// The validator has rejected before the program is too slow.
#include <iostream>

int main() {
    std::cout << "five hundred" << std::endl;
    for (volatile unsigned turn = 0;; turn = turn + 1) {
    }
}
