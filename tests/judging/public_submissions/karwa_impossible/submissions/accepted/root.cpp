#include <cmath>
#include <cstdio>

int main() {
    double area;
    if (std::scanf("%lf", &area) == 1) std::printf("%.10e\n", 4 * std::sqrt(area));
}
