// @EXPECTED_SCORE@: 20
import java.util.Scanner;

public class OneByOneOnly {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        String protein = in.next();
        if (in.nextInt() > 1) {
            throw new UnsupportedOperationException("one letter at a time");
        }
        int most = 0;
        for (char letter = 'a'; letter <= 'z'; letter++) {
            char wanted = letter;
            most = Math.max(most, (int) protein.chars().filter(found -> found == wanted).count());
        }
        System.out.println(protein.length() - most);
    }
}
