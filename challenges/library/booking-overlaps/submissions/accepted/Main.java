import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

public class Main {
    private record Booking(String room, int start, int end, int number) {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int count = Integer.parseInt(in.readLine().trim());
        Map<String, TreeMap<Integer, Booking>> rooms = new HashMap<>();
        Booking[] made = new Booking[count + 1];
        StringBuilder out = new StringBuilder();
        for (int number = 1; number <= count; number++) {
            String[] parts = in.readLine().split(" ");
            if (parts[0].equals("-")) {
                int cancelled = Integer.parseInt(parts[1]);
                Booking booking = made[cancelled];
                made[cancelled] = null;
                if (booking != null) rooms.get(booking.room()).remove(booking.start());
                out.append(booking == null ? "unknown\n" : "ok\n");
                continue;
            }
            int start = Integer.parseInt(parts[1]), end = start + Integer.parseInt(parts[2]);
            TreeMap<Integer, Booking> calendar = rooms.computeIfAbsent(parts[0], name -> new TreeMap<>());
            Map.Entry<Integer, Booking> before = calendar.floorEntry(start);
            Map.Entry<Integer, Booking> after = calendar.ceilingEntry(start);
            if (before != null && before.getValue().end() > start) {
                out.append("clash ").append(before.getValue().number()).append('\n');
            } else if (after != null && after.getKey() < end) {
                out.append("clash ").append(after.getValue().number()).append('\n');
            } else {
                made[number] = new Booking(parts[0], start, end, number);
                calendar.put(start, made[number]);
                out.append("ok\n");
            }
        }
        System.out.print(out);
    }
}
