// @EXPECTED_SCORE@: 30
#include <iostream>

int main() {
    int number;
    std::cin >> number;
    volatile unsigned long long at = 0;
    while (at != static_cast<unsigned long long>(static_cast<long long>(number))) at = at + 1;
    std::cout << number << '\n';
}
