// Keeps every room's bookings by their end: the first one that ends after the wish begins is the only one to look at.
#include <iostream>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

struct Booking {
    long long start = 0;
    int number = 0;
};
using Calendar = std::map<long long, Booking>;

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int count;
    std::cin >> count;
    std::unordered_map<std::string, Calendar> rooms;
    std::vector<std::pair<Calendar*, long long>> made(count + 1, {nullptr, 0});
    for (int number = 1; number <= count; ++number) {
        std::string room;
        std::cin >> room;
        if (room == "-") {
            int cancelled;
            std::cin >> cancelled;
            auto& [calendar, end] = made[cancelled];
            std::cout << (calendar ? "ok\n" : "unknown\n");
            if (calendar) calendar->erase(end);
            calendar = nullptr;
            continue;
        }
        long long start, length;
        std::cin >> start >> length;
        Calendar& calendar = rooms[room];
        auto next = calendar.upper_bound(start);
        if (next != calendar.end() && next->second.start < start + length) {
            std::cout << "clash " << next->second.number << '\n';
        } else {
            calendar[start + length] = {start, number};
            made[number] = {&calendar, start + length};
            std::cout << "ok\n";
        }
    }
}
