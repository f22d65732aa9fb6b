import java.util.Scanner;

public class Walls {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        int number = in.nextInt();
        int before = 0;
        int metres = 0;
        for (int at = 0; at < number; at++) {
            int height = in.nextInt();
            metres += Math.abs(height - before) + (height > 0 ? 1 : 0);
            before = height;
        }
        System.out.println(metres + before);
    }
}
