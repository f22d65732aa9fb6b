// @EXPECTED_SCORE@: 50
import java.util.Scanner;

public class Five {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        if (in.nextInt() != 5) {
            throw new IllegalStateException("only five words");
        }
        for (int at = 1; at <= 5; at++) {
            String word = in.next();
            if (at % 2 == 1) {
                System.out.println(word);
            }
        }
    }
}
