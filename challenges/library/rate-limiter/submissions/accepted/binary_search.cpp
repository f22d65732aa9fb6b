// Keeps running sums of what was allowed and finds the start of each window by binary search.
#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

struct Client {
    std::vector<long long> times, sums{0};
    long long rejected = 0;
};

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int r, n;
    std::cin >> r;
    std::vector<std::pair<long long, long long>> rules(r);
    for (auto& [seconds, limit] : rules) std::cin >> seconds >> limit;
    std::cin >> n;
    std::map<std::string, Client> clients;
    for (int i = 0; i < n; i++) {
        long long time, count;
        std::string name;
        std::cin >> time >> name >> count;
        Client& client = clients[name];
        long long room = count;
        for (const auto& [seconds, limit] : rules) {
            const auto first = std::upper_bound(client.times.begin(), client.times.end(), time - seconds);
            room = std::min(room, limit - client.sums.back() + client.sums[first - client.times.begin()]);
        }
        client.rejected += count - room;
        if (room > 0) {
            client.times.push_back(time);
            client.sums.push_back(client.sums.back() + room);
        }
    }
    for (const auto& [name, client] : clients) {
        std::cout << name << " " << client.sums.back() << " " << client.rejected << "\n";
    }
}
