// std::sort may swap records of the same time, which have to keep their order.
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
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.time < b.time; });
    std::map<std::string, std::map<std::string, int64_t>> stock;
    for (const Record& r : records) {
        int64_t& count = stock[r.item][r.shop];
        const int64_t number = static_cast<int64_t>(std::stoll(r.change.substr(1)));
        if (r.change[0] == '=') {
            count = number;
        } else if (r.change[0] == '+') {
            count += number;
        } else {
            count -= std::min(count, number);
        }
    }
    std::vector<std::pair<int64_t, std::string>> order;
    for (const auto& [item, shops] : stock) {
        int64_t total = 0;
        for (const auto& [shop, count] : shops) total += count;
        if (total > 0) order.emplace_back(total, item);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [total, item] : order) {
        std::string best;
        int64_t most = 0;
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
