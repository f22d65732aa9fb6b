import java.util.Scanner;

public class Pointer {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        String name = in.next();
        int at = 0;
        for (char letter : in.next().toCharArray()) {
            if (at < name.length() && name.charAt(at) == letter) {
                at++;
            }
        }
        System.out.println(at == name.length() ? "ja" : "NEJ");
    }
}
