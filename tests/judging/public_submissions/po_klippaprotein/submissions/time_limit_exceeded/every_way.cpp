#include <algorithm>
#include <iostream>
#include <string>

int fewest(const std::string &protein, int cut) {
    if (protein.find_first_not_of(protein[0]) == std::string::npos) return 0;
    int best = protein.size();
    for (std::size_t at = 0; at < protein.size(); at++)
        for (int length = 1; length <= cut && at + length <= protein.size(); length++) {
            std::string shorter = protein;
            shorter.erase(at, length);
            if (!shorter.empty()) best = std::min(best, 1 + fewest(shorter, cut));
        }
    return best;
}

int main() {
    std::string protein;
    int cut;
    std::cin >> protein >> cut;
    std::cout << fewest(protein, cut) << '\n';
}
