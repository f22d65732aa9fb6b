// @EXPECTED_SCORE@: 30
public class Unsigned {
    public static void main(String[] arguments) {
        System.out.println(Integer.parseUnsignedInt(new java.util.Scanner(System.in).next()));
    }
}
