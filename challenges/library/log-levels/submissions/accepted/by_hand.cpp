#include <cctype>
#include <iostream>
#include <map>
#include <string>

const std::string kNames[] = {"DEBUG", "INFO", "WARN", "ERROR", "BROKEN"};

bool is_time(const std::string& word) {
    if (word.size() != 8) return false;
    for (size_t i = 0; i < 8; i++) {
        const bool colon = i == 2 || i == 5;
        if (colon ? word[i] != ':' : !std::isdigit(static_cast<unsigned char>(word[i]))) return false;
    }
    return true;
}

// The next run of characters without a space, starting at `at`, which moves past the spaces after it.
std::string next_word(const std::string& line, size_t& at) {
    const size_t start = at;
    while (at < line.size() && line[at] != ' ') at++;
    const std::string word = line.substr(start, at - start);
    while (at < line.size() && line[at] == ' ') at++;
    return word;
}

int level_of(const std::string& line, std::string& service) {
    size_t at = 0;
    if (!is_time(next_word(line, at))) return 4;
    std::string word = next_word(line, at);
    for (char& ch : word) ch = static_cast<char>(std::toupper(static_cast<unsigned char>(ch)));
    int level = 0;
    while (level < 4 && kNames[level] != word) level++;
    if (level == 4) return 4;
    const size_t colon = line.find(':', at);
    if (colon == std::string::npos || colon == at) return 4;
    service = line.substr(at, colon - at);
    for (char ch : service) {
        if (!(ch == '-' || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z'))) return 4;
    }
    return level;
}

int main() {
    int counts[5] = {};
    std::map<std::string, int> errors;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.empty() || line[0] == ' ' || line[0] == '\t') continue;
        std::string service;
        const int level = level_of(line, service);
        counts[level]++;
        if (level == 3) errors[service]++;
    }
    for (int i = 0; i < 5; i++) std::cout << kNames[i] << " " << counts[i] << "\n";
    std::string worst = "none";
    int most = 0;
    for (const auto& [service, count] : errors) {
        if (count > most) {
            most = count;
            worst = service + " " + std::to_string(count);
        }
    }
    std::cout << "WORST " << worst << "\n";
}
