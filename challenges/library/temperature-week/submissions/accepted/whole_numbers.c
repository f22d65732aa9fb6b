/* Rounds in whole numbers: tenths of a degree, half away from zero (a half cannot happen with seven days). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char day[8], coldest_day[8] = "", warmest_day[8] = "";
    int temperature, coldest = 1000, warmest = -1000, total = 0;
    for (int i = 0; i < 7; i++) {
        if (scanf("%7s %d", day, &temperature) != 2) return 1;
        if (temperature < coldest) {
            coldest = temperature;
            strcpy(coldest_day, day);
        }
        if (temperature > warmest) {
            warmest = temperature;
            strcpy(warmest_day, day);
        }
        total += temperature;
    }
    int tenths = (abs(total) * 20 + 7) / 14;
    printf("coldest %s %d\nwarmest %s %d\n", coldest_day, coldest, warmest_day, warmest);
    printf("mean %s%d.%d\n", total < 0 ? "-" : "", tenths / 10, tenths % 10);
    return 0;
}
