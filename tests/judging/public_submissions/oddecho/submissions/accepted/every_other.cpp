#include <iostream>
#include <string>

int main() {
    int number;
    std::cin >> number;
    std::string word;
    for (int at = 1; at <= number; at++) {
        std::cin >> word;
        if (at % 2) std::cout << word << '\n';
    }
}
