#include <cstdlib>
#include <iostream>

int main() {
    int number, height, before = 0, metres = 0;
    std::cin >> number;
    while (std::cin >> height) {
        metres += std::abs(height - before) + 1;
        before = height;
    }
    std::cout << metres + before << '\n';
}
