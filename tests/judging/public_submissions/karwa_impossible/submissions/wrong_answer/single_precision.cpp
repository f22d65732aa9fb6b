#include <cmath>
#include <cstdio>

int main() {
    int area;
    if (std::scanf("%d", &area) == 1) std::printf("%.1f\n", 4 * std::sqrt(static_cast<float>(area)));
}
