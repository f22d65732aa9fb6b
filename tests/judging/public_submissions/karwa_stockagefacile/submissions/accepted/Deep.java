import java.util.Scanner;

public class Deep {
    public static void main(String[] arguments) {
        System.out.println(ways(new Scanner(System.in).nextInt(), 1, 1));
    }

    private static long ways(int left, long one, long two) {
        return left == 0 ? one : ways(left - 1, two, (one + two) % 1_000_000_007);
    }
}
