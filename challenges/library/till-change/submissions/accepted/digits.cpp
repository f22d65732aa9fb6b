#include <cstdio>

int main() {
    const int kinds[] = {10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
    long long price, price_cents, given, given_cents;
    if (std::scanf("%lld.%lld %lld.%lld", &price, &price_cents, &given, &given_cents) != 4) return 1;
    long long left = given * 100 + given_cents - price * 100 - price_cents;
    if (left < 0) {
        std::printf("missing %lld.%02lld\n", -left / 100, -left % 100);
    } else if (left == 0) {
        std::puts("exact");
    } else {
        std::printf("change %lld.%02lld\n", left / 100, left % 100);
        for (int kind : kinds) {
            if (left >= kind) std::printf("%lld x %d.%02d\n", left / kind, kind / 100, kind % 100);
            left %= kind;
        }
    }
}
