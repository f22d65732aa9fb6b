import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

public class Main {
    private static final int DAY = 1440;

    private record Road(int to, int duration, int opens, int closes) {
        /** The earliest minute from `now` on at which the road can be entered; opens is -1 when it always is. */
        int entry(int now) {
            if (opens < 0) return now;
            int minute = now % DAY, midnight = now - minute;
            if (opens < closes) {
                if (minute < opens) return midnight + opens;
                return minute < closes ? now : midnight + DAY + opens;
            }
            return minute >= closes && minute < opens ? midnight + opens : now;
        }
    }

    private record Arrival(int time, int place) {}

    private static int minutes(String clock) {
        return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3));
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String[] first = in.readLine().split(" ");
        int places = Integer.parseInt(first[0]), roads = Integer.parseInt(first[1]), wanted = Integer.parseInt(first[2]);
        String[] second = in.readLine().split(" ");
        List<List<Road>> near = new ArrayList<>();
        for (int i = 0; i <= places; i++) near.add(new ArrayList<>());
        for (int i = 0; i < roads; i++) {
            String[] words = in.readLine().split(" ");
            int a = Integer.parseInt(words[0]), b = Integer.parseInt(words[1]), duration = Integer.parseInt(words[2]);
            int opens = words.length > 3 ? minutes(words[3]) : -1, closes = words.length > 3 ? minutes(words[4]) : -1;
            near.get(a).add(new Road(b, duration, opens, closes));
            near.get(b).add(new Road(a, duration, opens, closes));
        }
        int[] best = new int[places + 1];
        Arrays.fill(best, Integer.MAX_VALUE);
        PriorityQueue<Arrival> queue = new PriorityQueue<>((x, y) -> Integer.compare(x.time(), y.time()));
        int start = Integer.parseInt(second[0]);
        best[start] = minutes(second[1]);
        queue.add(new Arrival(best[start], start));
        while (!queue.isEmpty()) {
            Arrival arrival = queue.poll();
            if (arrival.time() > best[arrival.place()]) continue;
            for (Road road : near.get(arrival.place())) {
                int time = road.entry(arrival.time()) + road.duration();
                if (time < best[road.to()]) {
                    best[road.to()] = time;
                    queue.add(new Arrival(time, road.to()));
                }
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < wanted; i++) {
            int time = best[Integer.parseInt(in.readLine().trim())];
            if (time == Integer.MAX_VALUE) out.append("unreachable\n");
            else out.append(String.format("%d %02d:%02d%n", time / DAY, time % DAY / 60, time % 60));
        }
        System.out.print(out);
    }
}
