#include <iostream>

int main() {
    int number;
    std::cin >> number;
    std::cout << number << '\n';
}
