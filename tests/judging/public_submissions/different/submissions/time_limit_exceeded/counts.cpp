#include <iostream>

int main() {
    long long first, second;
    while (std::cin >> first >> second) {
        volatile long long steps = 0;
        for (long long at = first < second ? first : second; at != (first < second ? second : first); at++) steps = steps + 1;
        std::cout << steps << '\n';
    }
}
