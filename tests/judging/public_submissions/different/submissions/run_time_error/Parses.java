import java.util.Scanner;

public class Parses {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        while (in.hasNext()) {
            System.out.println(Math.abs(Integer.parseInt(in.next()) - Integer.parseInt(in.next())));
        }
    }
}
