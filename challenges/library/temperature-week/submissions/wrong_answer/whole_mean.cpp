// Divides whole numbers, so the decimals are lost before they are printed.
#include <cstdio>
#include <iostream>
#include <string>

int main() {
    std::string cold_day, warm_day, day;
    int cold = 100, warm = -100, total = 0, temperature;
    while (std::cin >> day >> temperature) {
        if (temperature < cold) cold = temperature, cold_day = day;
        if (temperature > warm) warm = temperature, warm_day = day;
        total += temperature;
    }
    double mean = total / 7;
    std::printf("coldest %s %d\nwarmest %s %d\nmean %.1f\n", cold_day.c_str(), cold, warm_day.c_str(), warm, mean);
}
