#include <climits>
#include <cstdio>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

constexpr int DAY = 24 * 60;

struct Road {
    int to, duration;
    bool hours;
    int opens, closes;
};

static int minutes(const std::string& clock) { return std::stoi(clock.substr(0, 2)) * 60 + std::stoi(clock.substr(3)); }

static int entry(const Road& road, int now) {
    if (!road.hours) return now;
    int open_for = (road.closes - road.opens + DAY) % DAY;
    int since = ((now - road.opens) % DAY + DAY) % DAY;
    return since < open_for ? now : now + DAY - since;
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int places, roads, wanted, start;
    std::string clock, line;
    std::cin >> places >> roads >> wanted >> start >> clock;
    std::getline(std::cin, line);
    std::vector<std::vector<Road>> near(places + 1);
    for (int i = 0; i < roads; ++i) {
        std::getline(std::cin, line);
        std::istringstream words(line);
        int a, b, duration;
        std::string open, close;
        words >> a >> b >> duration;
        bool hours = static_cast<bool>(words >> open >> close);
        int opens = hours ? minutes(open) : 0, closes = hours ? minutes(close) : 0;
        near[a].push_back({b, duration, hours, opens, closes});
        near[b].push_back({a, duration, hours, opens, closes});
    }
    std::vector<int> best(places + 1, INT_MAX);
    std::set<std::pair<int, int>> open_places;
    best[start] = minutes(clock);
    open_places.insert({best[start], start});
    while (!open_places.empty()) {
        auto [now, place] = *open_places.begin();
        open_places.erase(open_places.begin());
        for (const Road& road : near[place]) {
            int time = entry(road, now) + road.duration;
            if (time >= best[road.to]) continue;
            open_places.erase({best[road.to], road.to});
            best[road.to] = time;
            open_places.insert({time, road.to});
        }
    }
    for (int i = 0; i < wanted; ++i) {
        int place;
        std::cin >> place;
        if (best[place] == INT_MAX) std::puts("unreachable");
        else std::printf("%d %02d:%02d\n", best[place] / DAY, best[place] % DAY / 60, best[place] % 60);
    }
}
