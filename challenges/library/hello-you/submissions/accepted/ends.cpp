#include <iostream>
#include <string>

int main() {
    std::string line;
    std::getline(std::cin, line);
    const int n = std::stoi(line);
    for (int i = 0; i < n; i++) {
        std::getline(std::cin, line);
        const size_t first = line.find_first_not_of(' ');
        if (first == std::string::npos) {
            std::cout << "Hello, friend!\n";
        } else {
            const size_t last = line.find_last_not_of(' ');
            std::cout << "Hello, " << line.substr(first, last - first + 1) << "!\n";
        }
    }
}
