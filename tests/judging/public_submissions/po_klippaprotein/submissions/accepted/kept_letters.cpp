#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

int main() {
    std::string protein;
    int cut;
    std::cin >> protein >> cut;
    const int size = protein.size();
    auto cuts = [cut](int length) { return (length + cut - 1) / cut; };
    int best = size;
    for (char letter = 'a'; letter <= 'z'; letter++) {
        std::vector<int> fewest(size, size);
        for (int at = 0; at < size; at++) {
            if (protein[at] != letter) continue;
            fewest[at] = cuts(at);
            for (int before = 0; before < at; before++)
                if (protein[before] == letter) fewest[at] = std::min(fewest[at], fewest[before] + cuts(at - before - 1));
            best = std::min(best, fewest[at] + cuts(size - at - 1));
        }
    }
    std::cout << best << '\n';
}
