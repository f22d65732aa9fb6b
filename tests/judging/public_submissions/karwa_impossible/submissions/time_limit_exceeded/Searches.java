import java.util.Scanner;

public class Searches {
    public static void main(String[] arguments) {
        double area = new Scanner(System.in).nextInt();
        double side = 0;
        while (side * side != area) {
            side = Math.nextUp(side);
        }
        System.out.println(4 * side);
    }
}
