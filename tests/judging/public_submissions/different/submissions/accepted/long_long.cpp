#include <cstdlib>
#include <iostream>

int main() {
    long long first, second;
    while (std::cin >> first >> second) std::cout << std::llabs(first - second) << '\n';
}
