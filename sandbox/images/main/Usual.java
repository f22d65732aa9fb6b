import java.io.*;
import java.math.*;
import java.util.*;
import java.util.stream.*;

/** Uses what programs usually use: the classes that it loads are those in the archive that every Java program starts from. */
public class Usual {
    record Pair(int first, String second) {}

    public static void main(String[] arguments) throws Exception {
        input();
        collections();
        streams();
        numbers();
        Thread thread = new Thread(() -> text());
        thread.start();
        thread.join();
        try {
            Objects.requireNonNull(null);
        } catch (NullPointerException error) {
            error.printStackTrace();
        }
    }

    static void input() throws IOException {
        Scanner scanner = new Scanner(System.in);
        System.out.println(scanner.nextInt() + scanner.nextLong() + scanner.nextDouble() + scanner.next());
        while (scanner.hasNextInt()) scanner.nextInt();
        scanner.nextLine();
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        reader.readLine();
        StringTokenizer words = new StringTokenizer("1 2");
        Integer.parseInt(words.nextToken());
        StreamTokenizer tokens = new StreamTokenizer(new BufferedReader(new StringReader("1 2")));
        tokens.nextToken();
    }

    static void collections() {
        Map<String, Integer> counts = new HashMap<>();
        counts.merge("a", 1, Integer::sum);
        counts.computeIfAbsent("b", key -> 2);
        TreeMap<Integer, List<Integer>> sorted = new TreeMap<>(Comparator.reverseOrder());
        sorted.computeIfAbsent(1, key -> new ArrayList<>()).addAll(List.of(3, 1, 2));
        for (var entry : sorted.entrySet()) Collections.sort(entry.getValue());
        PriorityQueue<int[]> queue = new PriorityQueue<>((x, y) -> Integer.compare(x[0], y[0]));
        queue.add(new int[] {1});
        queue.poll();
        Deque<Integer> deque = new ArrayDeque<>(List.of(1, 2));
        System.out.println(new LinkedList<>(deque) + " " + new LinkedHashMap<>(counts) + new TreeSet<>(deque) + new HashSet<>(deque));
        Integer[] boxed = {3, 1, 2};
        Arrays.sort(boxed, (x, y) -> y - x);
        int[] plain = {3, 1, 2};
        Arrays.sort(plain);
        System.out.println(Arrays.toString(plain) + Arrays.deepToString(new int[][] {plain}) + Arrays.asList(boxed));
        System.out.println(new Pair(1, "a") + " " + new Pair(1, "a").hashCode() + new BitSet(5) + Optional.of(1));
    }

    static void streams() {
        System.out.println(IntStream.range(0, 9).filter(n -> n % 2 == 0).mapToObj(n -> "n" + n).collect(Collectors.joining(",")));
        System.out.println(Arrays.stream(new int[] {3, 1}).sorted().boxed().map(String::valueOf).collect(Collectors.toList()));
        Map<Integer, Long> lengths = Stream.of("a", "bc").collect(Collectors.groupingBy(String::length, Collectors.counting()));
        System.out.println(lengths + " " + "abc".chars().mapToObj(c -> (char) c).toList());
    }

    static void numbers() {
        System.out.println(new BigInteger("12345678901234567890").pow(3).mod(BigInteger.TEN));
        System.out.println(new BigDecimal("1.5").multiply(BigDecimal.TEN) + " " + Math.sqrt(2) + new Random(1).nextInt(5));
    }

    static void text() {
        StringBuilder builder = new StringBuilder();
        builder.append(1).append('c').append("s").append(1.5).reverse();
        System.out.println(String.format("%5d|%-5s|%08.3f", 5, builder, 2.0) + String.join(",", "a b".trim().split("\\s+")));
        PrintWriter writer = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out)));
        writer.printf("%d %.3f %s%n", 1, 1.5, "a");
        writer.flush();
    }
}
