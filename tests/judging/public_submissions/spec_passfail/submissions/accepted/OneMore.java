class OneMore {
    public static void main(String[] arguments) {
        System.out.println(new java.util.Scanner(System.in).nextInt() + 1);
    }
}
