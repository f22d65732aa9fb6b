import java.util.Locale;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String coldestDay = "", warmestDay = "";
        int coldest = Integer.MAX_VALUE, warmest = Integer.MIN_VALUE, total = 0;
        for (int i = 0; i < 7; i++) {
            String day = in.next();
            int temperature = in.nextInt();
            if (temperature < coldest) {
                coldest = temperature;
                coldestDay = day;
            }
            if (temperature > warmest) {
                warmest = temperature;
                warmestDay = day;
            }
            total += temperature;
        }
        System.out.println("coldest " + coldestDay + " " + coldest);
        System.out.println("warmest " + warmestDay + " " + warmest);
        System.out.println(String.format(Locale.ROOT, "mean %.1f", total / 7.0));
    }
}
