#include <iostream>

int main() {
    int number;
    std::cin >> number;
    for (volatile unsigned turn = 0; number == 0; turn = turn + 1) {
    }
    std::cout << number + 1 << '\n';
}
