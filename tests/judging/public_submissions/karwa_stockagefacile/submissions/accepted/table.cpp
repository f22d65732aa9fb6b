#include <iostream>
#include <vector>

int main() {
    int number;
    std::cin >> number;
    std::vector<long long> ways(number + 2, 1);
    for (int at = 2; at <= number; at++) ways[at] = (ways[at - 1] + ways[at - 2]) % 1000000007;
    std::cout << ways[number] << '\n';
}
