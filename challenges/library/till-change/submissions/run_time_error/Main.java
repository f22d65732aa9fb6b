import java.util.Scanner;

/** Reads the cents with Integer.parseInt, which refuses the largest amounts. */
public class Main {
    static final int[] KINDS = {10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};

    static String written(int cents) {
        return String.format("%d.%02d", cents / 100, cents % 100);
    }

    public static void main(String[] args) {
        Scanner input = new Scanner(System.in);
        int price = Integer.parseInt(input.next().replace(".", ""));
        int given = Integer.parseInt(input.next().replace(".", ""));
        int left = given - price;
        if (left < 0) {
            System.out.println("missing " + written(-left));
        } else if (left == 0) {
            System.out.println("exact");
        } else {
            System.out.println("change " + written(left));
            for (int kind : KINDS) {
                if (left >= kind) {
                    System.out.println(left / kind + " x " + written(kind));
                }
                left %= kind;
            }
        }
    }
}
