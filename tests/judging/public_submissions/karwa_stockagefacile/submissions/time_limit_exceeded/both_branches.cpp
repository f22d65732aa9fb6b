#include <iostream>

long long ways(int number) { return number < 2 ? 1 : (ways(number - 1) + ways(number - 2)) % 1000000007; }

int main() {
    int number;
    std::cin >> number;
    std::cout << ways(number) << '\n';
}
