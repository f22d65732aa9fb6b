#include <iostream>

int main() { std::cout << "five hundred" << std::endl; }
