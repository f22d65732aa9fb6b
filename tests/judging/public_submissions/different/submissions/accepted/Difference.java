import java.util.Scanner;

public class Difference {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLong()) {
            System.out.println(Math.abs(in.nextLong() - in.nextLong()));
        }
    }
}
