import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

public class Main {
    static long[] seconds;
    static long[] limit;

    /** For each rule a queue of what was allowed inside its window, and the sum of that queue. */
    static class Client {
        final ArrayDeque<long[]>[] windows;
        final long[] used = new long[seconds.length];
        long allowed;
        long rejected;

        @SuppressWarnings("unchecked")
        Client() {
            windows = new ArrayDeque[seconds.length];
            for (int i = 0; i < windows.length; i++) {
                windows[i] = new ArrayDeque<>();
            }
        }

        void serve(long time, long count) {
            long room = count;
            for (int i = 0; i < windows.length; i++) {
                while (!windows[i].isEmpty() && windows[i].peekFirst()[0] + seconds[i] <= time) {
                    used[i] -= windows[i].removeFirst()[1];
                }
                room = Math.min(room, limit[i] - used[i]);
            }
            if (room > 0) {
                long[] entry = {time, room};
                for (int i = 0; i < windows.length; i++) {
                    windows[i].addLast(entry);
                    used[i] += room;
                }
            }
            allowed += room;
            rejected += count - room;
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        int r = Integer.parseInt(input.readLine());
        seconds = new long[r];
        limit = new long[r];
        for (int i = 0; i < r; i++) {
            String[] rule = input.readLine().split(" ");
            seconds[i] = Long.parseLong(rule[0]);
            limit[i] = Long.parseLong(rule[1]);
        }
        Map<String, Client> clients = new TreeMap<>();
        int n = Integer.parseInt(input.readLine());
        for (int i = 0; i < n; i++) {
            String[] parts = input.readLine().split(" ");
            clients.computeIfAbsent(parts[1], name -> new Client()).serve(Long.parseLong(parts[0]), Long.parseLong(parts[2]));
        }
        StringBuilder output = new StringBuilder();
        clients.forEach((name, client) ->
            output.append(name).append(' ').append(client.allowed).append(' ').append(client.rejected).append('\n'));
        System.out.print(output);
    }
}
