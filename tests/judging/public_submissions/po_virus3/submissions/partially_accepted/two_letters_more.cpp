// @EXPECTED_SCORE@: 20
#include <iostream>
#include <string>

int main() {
    std::string name, found;
    std::cin >> name >> found;
    if (found.size() != name.size() + 2) return 1;
    for (std::size_t one = 0; one < found.size(); one++)
        for (std::size_t two = one + 1; two < found.size(); two++) {
            std::string shorter = found;
            shorter.erase(two, 1).erase(one, 1);
            if (shorter == name) {
                std::cout << "Ja\n";
                return 0;
            }
        }
    std::cout << "Nej\n";
}
