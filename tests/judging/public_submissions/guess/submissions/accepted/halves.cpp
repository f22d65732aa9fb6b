#include <iostream>
#include <string>

int main() {
    int low = 1, high = 1000;
    for (std::string said; said != "correct";) {
        int guess = (low + high) / 2;
        std::cout << guess << std::endl;
        std::cin >> said;
        if (said == "lower") high = guess - 1;
        if (said == "higher") low = guess + 1;
    }
}
