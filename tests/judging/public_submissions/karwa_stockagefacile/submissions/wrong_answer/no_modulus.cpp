#include <iostream>

int main() {
    unsigned number, one = 1, two = 1;
    std::cin >> number;
    while (number--) {
        unsigned next = one + two;
        one = two;
        two = next;
    }
    std::cout << one << '\n';
}
