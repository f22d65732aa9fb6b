// Reads the pairs again and wants one difference for each, and nothing after the last.
#include "verdict.h"

#include <fstream>
#include <iostream>

int main(int, char **arguments) {
    std::ifstream pairs(arguments[1]);
    const std::string feedback = arguments[3];
    long long first, second, answer;
    for (int line = 1; pairs >> first >> second; line++) {
        if (!(std::cin >> answer)) reject(feedback, "no number for pair " + std::to_string(line));
        if (answer != (first > second ? first - second : second - first)) reject(feedback, "pair " + std::to_string(line) + " is wrong");
    }
    std::string more;
    if (std::cin >> more) reject(feedback, "there is more output than pairs");
    return ACCEPTED;
}
