import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Main {
    record Change(String time, int received, String shop, String item, char sign, long number) {}

    record Line(String item, long total, String shop, long most) {}

    static long apply(long stock, Change change) {
        return switch (change.sign()) {
            case '=' -> change.number();
            case '+' -> stock + change.number();
            default -> Math.max(0, stock - change.number());
        };
    }

    static Line summary(String item, Map<String, Long> shops) {
        long total = 0;
        long most = -1;
        String best = "";
        for (Map.Entry<String, Long> shop : shops.entrySet()) {
            total += shop.getValue();
            if (shop.getValue() > most) {
                most = shop.getValue();
                best = shop.getKey();
            }
        }
        return new Line(item, total, best, most);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(input.readLine());
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String[] parts = input.readLine().split(" ");
            long number = Long.parseLong(parts[3].substring(1));
            changes.add(new Change(parts[0], i, parts[1], parts[2], parts[3].charAt(0), number));
        }
        changes.sort(Comparator.comparing(Change::time).thenComparingInt(Change::received));

        Map<String, Map<String, Long>> stock = new TreeMap<>();
        for (Change change : changes) {
            stock.computeIfAbsent(change.item(), item -> new TreeMap<>())
                .compute(change.shop(), (shop, before) -> apply(before == null ? 0 : before, change));
        }

        List<Line> lines = new ArrayList<>();
        stock.forEach((item, shops) -> lines.add(summary(item, shops)));
        lines.removeIf(line -> line.total() == 0);
        lines.sort(Comparator.comparingLong(Line::total).reversed().thenComparing(Line::item));
        StringBuilder output = new StringBuilder(lines.isEmpty() ? "empty\n" : "");
        for (Line line : lines) {
            output.append(line.item()).append(' ').append(line.total()).append(' ');
            output.append(line.shop()).append(' ').append(line.most()).append('\n');
        }
        System.out.print(output);
    }
}
