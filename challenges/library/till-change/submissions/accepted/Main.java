import java.math.BigDecimal;
import java.util.Scanner;

public class Main {
    static final String[] KINDS = {
        "100.00", "50.00", "20.00", "10.00", "5.00", "2.00", "1.00", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"
    };

    public static void main(String[] args) {
        Scanner input = new Scanner(System.in);
        BigDecimal price = new BigDecimal(input.next());
        BigDecimal given = new BigDecimal(input.next());
        BigDecimal change = given.subtract(price);
        if (change.signum() < 0) {
            System.out.println("missing " + change.negate().toPlainString());
        } else if (change.signum() == 0) {
            System.out.println("exact");
        } else {
            System.out.println("change " + change.toPlainString());
            for (String kind : KINDS) {
                BigDecimal[] parts = change.divideAndRemainder(new BigDecimal(kind));
                if (parts[0].signum() > 0) {
                    System.out.println(parts[0].toBigInteger() + " x " + kind);
                }
                change = parts[1];
            }
        }
    }
}
