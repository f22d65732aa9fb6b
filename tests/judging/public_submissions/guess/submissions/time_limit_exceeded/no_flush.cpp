#include <cstdio>
#include <cstring>

int main() {
    int low = 1, high = 1000;
    char said[20] = "";
    std::setvbuf(stdout, nullptr, _IOFBF, 1 << 16);
    while (std::strcmp(said, "correct")) {
        int guess = (low + high) / 2;
        std::printf("%d\n", guess);
        if (std::scanf("%19s", said) != 1) return 0;
        if (!std::strcmp(said, "lower")) high = guess - 1;
        else low = guess + 1;
    }
}
