// Reads words instead of lines, so a name of two words becomes two people and a missing name shifts all that follow.
#include <iostream>
#include <string>

int main() {
    int n;
    std::cin >> n;
    for (int i = 0; i < n; i++) {
        std::string name;
        std::cin >> name;
        if (name.empty()) name = "friend";
        std::cout << "Hello, " << name << "!\n";
    }
}
