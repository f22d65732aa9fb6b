// Rejects a whole burst as soon as it does not fit, although part of it would.
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
        bool fits = true;
        for (const auto& [seconds, limit] : rules) {
            const auto first = std::upper_bound(client.times.begin(), client.times.end(), time - seconds);
            fits = fits && client.sums.back() - client.sums[first - client.times.begin()] + count <= limit;
        }
        if (fits) {
            client.times.push_back(time);
            client.sums.push_back(client.sums.back() + count);
        } else {
            client.rejected += count;
        }
    }
    for (const auto& [name, client] : clients) {
        std::cout << name << " " << client.sums.back() << " " << client.rejected << "\n";
    }
}
