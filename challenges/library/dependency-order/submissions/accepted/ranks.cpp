// Numbers the packages by name first, so that the smallest name is the smallest number; components by two passes (Kosaraju).
#include <algorithm>
#include <functional>
#include <iostream>
#include <queue>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

using Graph = std::vector<std::vector<int>>;

// Calls `leave` for every node when the walk leaves it; nodes already in `seen` are skipped.
static void walk(int root, const Graph& graph, std::vector<char>& seen, const std::function<void(int)>& leave) {
    if (seen[root]) return;
    std::vector<std::pair<int, std::size_t>> path{{root, 0}};
    seen[root] = 1;
    while (!path.empty()) {
        int node = path.back().first;
        if (path.back().second == graph[node].size()) {
            leave(node);
            path.pop_back();
            continue;
        }
        int next = graph[node][path.back().second++];
        if (!seen[next]) {
            seen[next] = 1;
            path.push_back({next, 0});
        }
    }
}

static int smallest_on_circle(const Graph& needs, const Graph& users) {
    int n = static_cast<int>(needs.size()), best = n;
    std::vector<char> seen(n, 0);
    std::vector<int> finished;
    for (int v = 0; v < n; ++v) walk(v, needs, seen, [&](int node) { finished.push_back(node); });
    std::fill(seen.begin(), seen.end(), 0);
    for (int i = n - 1; i >= 0; --i) {
        int size = 0, smallest = n;
        walk(finished[i], users, seen, [&](int node) {
            ++size;
            smallest = std::min(smallest, node);
        });
        bool itself = size == 1 && std::count(needs[smallest].begin(), needs[smallest].end(), smallest) > 0;
        if (size > 1 || itself) best = std::min(best, smallest);
    }
    return best;
}

int main() {
    std::ios::sync_with_stdio(false);
    std::string line;
    std::getline(std::cin, line);
    int n = std::stoi(line);
    std::vector<std::string> declared;
    std::vector<std::vector<std::string>> wanted(n);
    for (int i = 0; i < n; ++i) {
        std::getline(std::cin, line);
        std::istringstream words(line);
        std::string word;
        words >> word;
        word.pop_back();
        declared.push_back(word);
        while (words >> word) wanted[i].push_back(word);
    }
    std::vector<std::string> names = declared;
    std::sort(names.begin(), names.end());
    std::unordered_map<std::string, int> rank;
    for (int i = 0; i < n; ++i) rank[names[i]] = i;
    Graph needs(n), users(n);
    std::vector<int> waiting(n, 0);
    for (int i = 0; i < n; ++i) {
        int package = rank[declared[i]];
        for (const std::string& want : wanted[i]) {
            auto found = rank.find(want);
            if (found == rank.end()) {
                std::cout << "missing " << want << " needed by " << declared[i] << '\n';
                return 0;
            }
            needs[package].push_back(found->second);
            users[found->second].push_back(package);
            ++waiting[package];
        }
    }
    std::priority_queue<int, std::vector<int>, std::greater<int>> ready;
    for (int i = 0; i < n; ++i)
        if (waiting[i] == 0) ready.push(i);
    std::vector<int> order;
    while (!ready.empty()) {
        int package = ready.top();
        ready.pop();
        order.push_back(package);
        for (int user : users[package])
            if (--waiting[user] == 0) ready.push(user);
    }
    if (static_cast<int>(order.size()) == n) {
        for (int package : order) std::cout << names[package] << '\n';
        return 0;
    }
    int start = smallest_on_circle(needs, users);
    std::vector<int> steps(n, -1);
    std::queue<int> queue;
    queue.push(start);
    steps[start] = 0;
    while (!queue.empty()) {
        int node = queue.front();
        queue.pop();
        for (int user : users[node])
            if (steps[user] < 0) {
                steps[user] = steps[node] + 1;
                queue.push(user);
            }
    }
    std::cout << "cycle";
    int node = start;
    do {
        std::cout << ' ' << names[node];
        int next = -1;
        for (int need : needs[node]) {
            if (steps[need] < 0) continue;
            if (next < 0 || steps[need] < steps[next] || (steps[need] == steps[next] && need < next)) next = need;
        }
        node = next;
    } while (node != start);
    std::cout << '\n';
}
