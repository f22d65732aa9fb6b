#include <iostream>

int main() {
    int number;
    std::cin >> number;
    std::cout << (number == 41 ? 42 : number - 1) << '\n';
}
