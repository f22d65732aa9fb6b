import java.util.Scanner;

public class Root {
    public static void main(String[] arguments) {
        System.out.println(4 * Math.sqrt(new Scanner(System.in).nextInt()));
    }
}
