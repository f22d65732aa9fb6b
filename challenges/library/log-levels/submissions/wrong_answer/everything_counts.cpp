// Counts the lines of stack traces as broken: the rule about a leading space or tab was overlooked.
#include <iostream>
#include <map>
#include <regex>
#include <string>

int main() {
    const std::regex entry("^\\d\\d:\\d\\d:\\d\\d +([A-Za-z]+) +([-a-z0-9]+):.*");
    const std::string names[] = {"DEBUG", "INFO", "WARN", "ERROR", "BROKEN"};
    std::map<std::string, int> counts, errors;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.find_first_not_of(' ') == std::string::npos) continue;
        std::smatch match;
        std::string level = "BROKEN";
        if (std::regex_match(line, match, entry)) {
            std::string word = match[1];
            for (char& ch : word) ch = static_cast<char>(std::toupper(ch));
            for (int i = 0; i < 4; i++) {
                if (names[i] == word) level = word;
            }
        }
        counts[level]++;
        if (level == "ERROR") errors[match[2]]++;
    }
    std::string worst;
    for (const auto& [service, count] : errors) {
        if (worst.empty() || count > errors[worst]) worst = service;
    }
    for (const std::string& name : names) std::cout << name << " " << counts[name] << "\n";
    if (worst.empty()) {
        std::cout << "WORST none\n";
    } else {
        std::cout << "WORST " << worst << " " << errors[worst] << "\n";
    }
}
