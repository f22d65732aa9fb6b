// Its table of fewest cuts has room for two letters. @EXPECTED_SCORE@: 20
#include <algorithm>
#include <iostream>
#include <string>

int main() {
    std::string protein;
    int cut, best = 50;
    std::cin >> protein >> cut;
    if (protein.find_first_not_of("ab") != std::string::npos) return 1;
    const int size = protein.size();
    for (char letter : {'a', 'b'}) {
        int fewest[50];
        for (int at = 0; at < size; at++) {
            fewest[at] = protein[at] == letter ? (at + cut - 1) / cut : 1000;
            for (int before = 0; protein[at] == letter && before < at; before++)
                fewest[at] = std::min(fewest[at], fewest[before] + (at - before - 1 + cut - 1) / cut);
            best = std::min(best, fewest[at] + (size - at - 1 + cut - 1) / cut);
        }
    }
    std::cout << best << '\n';
}
