#include <iostream>
#include <string>

int main() {
    std::string name, found;
    std::cin >> name >> found;
    std::size_t at = 0;
    for (char letter : found) at += at < name.size() && name[at] == letter;
    std::cout << (at == name.size() ? "Ja" : "Nej") << '\n';
}
