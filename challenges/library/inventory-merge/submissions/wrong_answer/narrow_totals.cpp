// Adds up the totals in 32 bits.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <vector>

struct Record {
    std::string time, shop, item, change;
};

int main() {
    int n;
    std::cin >> n;
    std::vector<Record> records(n);
    for (Record& r : records) std::cin >> r.time >> r.shop >> r.item >> r.change;
    std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.time < b.time; });
    std::map<std::string, std::map<std::string, uint32_t>> stock;
    for (const Record& r : records) {
        uint32_t& count = stock[r.item][r.shop];
        const uint32_t number = static_cast<uint32_t>(std::stoul(r.change.substr(1)));
        if (r.change[0] == '=') {
            count = number;
        } else if (r.change[0] == '+') {
            count += number;
        } else {
            count -= std::min(count, number);
        }
    }
    std::vector<std::pair<uint32_t, std::string>> order;
    for (const auto& [item, shops] : stock) {
        uint32_t total = 0;
        for (const auto& [shop, count] : shops) total += count;
        if (total > 0) order.emplace_back(total, item);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [total, item] : order) {
        std::string best;
        uint32_t most = 0;
        for (const auto& [shop, count] : stock[item]) {
            if (count > most) {
                most = count;
                best = shop;
            }
        }
        std::cout << item << " " << total << " " << best << " " << most << "\n";
    }
    if (order.empty()) std::cout << "empty\n";
}
