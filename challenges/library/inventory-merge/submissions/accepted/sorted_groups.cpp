// Sorts the records by item, shop and time, so that everything that belongs together stands together.
#include <algorithm>
#include <iostream>
#include <string>
#include <tuple>
#include <vector>

struct Record {
    std::string item, shop, time;
    int received;
    std::string change;
};

struct Line {
    long long total;
    std::string item, shop;
    long long most;
};

int main() {
    std::ios::sync_with_stdio(false);
    int n;
    std::cin >> n;
    std::vector<Record> records(n);
    for (int i = 0; i < n; i++) {
        Record& r = records[i];
        std::cin >> r.time >> r.shop >> r.item >> r.change;
        r.received = i;
    }
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
        return std::tie(a.item, a.shop, a.time, a.received) < std::tie(b.item, b.shop, b.time, b.received);
    });
    std::vector<Line> lines;
    for (int i = 0; i < n;) {
        Line line{0, records[i].item, "", 0};
        while (i < n && records[i].item == line.item) {
            const std::string shop = records[i].shop;
            long long stock = 0;
            for (; i < n && records[i].item == line.item && records[i].shop == shop; i++) {
                const long long number = std::stoll(records[i].change.substr(1));
                const char sign = records[i].change[0];
                stock = sign == '=' ? number : sign == '+' ? stock + number : std::max(0LL, stock - number);
            }
            line.total += stock;
            if (stock > line.most) {
                line.most = stock;
                line.shop = shop;
            }
        }
        if (line.total > 0) lines.push_back(line);
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.total > b.total; });
    if (lines.empty()) std::cout << "empty\n";
    for (const Line& line : lines) {
        std::cout << line.item << " " << line.total << " " << line.shop << " " << line.most << "\n";
    }
}
