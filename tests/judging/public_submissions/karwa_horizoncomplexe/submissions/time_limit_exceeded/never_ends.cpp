#include <iostream>

int main() {
    int number, seen = 0;
    std::cin >> number;
    while (seen <= number) {
        int height = -1;
        std::cin >> height;
        seen += height >= 0 && std::cin.good();
    }
    std::cout << seen << '\n';
}
