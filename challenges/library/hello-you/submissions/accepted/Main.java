import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner input = new Scanner(System.in);
        int n = Integer.parseInt(input.nextLine());
        for (int i = 0; i < n; i++) {
            String name = input.nextLine().trim();
            if (name.isEmpty()) {
                name = "friend";
            }
            System.out.println("Hello, " + name + "!");
        }
    }
}
