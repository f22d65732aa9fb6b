// Works on bytes; a byte of the form 10xxxxxx continues a character and moves no column.
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

struct Open {
    char bracket;
    int row, column;
};

static const std::string OPENERS = "([{", CLOSERS = ")]}";

int main() {
    std::ios::sync_with_stdio(false);
    std::vector<Open> stack;
    std::size_t deepest = 0;
    std::string line;
    for (int row = 1; std::getline(std::cin, line); ++row) {
        int column = 0, text = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            unsigned char c = line[i];
            if ((c & 0xC0) == 0x80) continue;
            ++column;
            if (text) {
                if (c == '"') text = 0;
                if (c == '\\' && i + 1 < line.size()) {
                    ++i;
                    ++column;
                }
                continue;
            }
            if (c == '#') break;
            if (c == '"') text = column;
            if (OPENERS.find(c) != std::string::npos) {
                stack.push_back({static_cast<char>(c), row, column});
                deepest = std::max(deepest, stack.size());
            }
            if (CLOSERS.find(c) != std::string::npos) {
                if (stack.empty()) {
                    std::cout << row << ':' << column << " unexpected " << c << '\n';
                    return 0;
                }
                char expected = CLOSERS[OPENERS.find(stack.back().bracket)];
                stack.pop_back();
                if (expected != c) {
                    std::cout << row << ':' << column << " expected " << expected << " found " << c << '\n';
                    return 0;
                }
            }
        }
        if (text) {
            std::cout << row << ':' << text << " unclosed \"\n";
            return 0;
        }
    }
    if (stack.empty()) {
        std::cout << "ok " << deepest << '\n';
    } else {
        std::cout << stack.back().row << ':' << stack.back().column << " unclosed " << stack.back().bracket << '\n';
    }
}
