import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.StringTokenizer;

/** Walks with explicit stacks: recursion would be too deep along the longest chains. */
public class Main {
    private static final class Pack {
        final String name;
        final List<Pack> needs = new ArrayList<>();
        final List<Pack> users = new ArrayList<>();
        int waiting, component = -1, steps = -1, cursor;
        boolean seen;

        Pack(String name) {
            this.name = name;
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int count = Integer.parseInt(in.readLine().trim());
        Map<String, Pack> packs = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String line = in.readLine();
            lines.add(line);
            String name = line.substring(0, line.indexOf(':'));
            packs.put(name, new Pack(name));
        }
        for (String line : lines) {
            StringTokenizer words = new StringTokenizer(line, " :");
            Pack pack = packs.get(words.nextToken());
            while (words.hasMoreTokens()) {
                String word = words.nextToken();
                Pack need = packs.get(word);
                if (need == null) {
                    System.out.println("missing " + word + " needed by " + pack.name);
                    return;
                }
                pack.needs.add(need);
                need.users.add(pack);
                pack.waiting++;
            }
        }
        StringBuilder out = new StringBuilder();
        int built = order(packs, out);
        if (built < count) {
            out.setLength(0);
            circle(smallestOnCircle(packs), out);
        }
        System.out.print(out);
    }

    private static int order(Map<String, Pack> packs, StringBuilder out) {
        PriorityQueue<Pack> ready = new PriorityQueue<>((a, b) -> a.name.compareTo(b.name));
        for (Pack pack : packs.values()) if (pack.waiting == 0) ready.add(pack);
        int built = 0;
        while (!ready.isEmpty()) {
            Pack pack = ready.poll();
            built++;
            out.append(pack.name).append('\n');
            for (Pack user : pack.users) if (--user.waiting == 0) ready.add(user);
        }
        return built;
    }

    private static Pack smallestOnCircle(Map<String, Pack> packs) {
        List<Pack> finished = new ArrayList<>();
        for (Pack root : packs.values()) {
            Deque<Pack> path = new ArrayDeque<>();
            if (!root.seen) path.push(root);
            root.seen = true;
            while (!path.isEmpty()) {
                Pack pack = path.peek();
                if (pack.cursor == pack.needs.size()) {
                    finished.add(path.pop());
                    continue;
                }
                Pack next = pack.needs.get(pack.cursor++);
                if (!next.seen) {
                    next.seen = true;
                    path.push(next);
                }
            }
        }
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int i = finished.size() - 1; i >= 0; i--) {
            Deque<Pack> open = new ArrayDeque<>();
            if (finished.get(i).component < 0) open.push(finished.get(i));
            finished.get(i).component = finished.get(i).component < 0 ? i : finished.get(i).component;
            while (!open.isEmpty()) {
                sizes.merge(i, 1, Integer::sum);
                for (Pack user : open.pop().users) {
                    if (user.component < 0) {
                        user.component = i;
                        open.push(user);
                    }
                }
            }
        }
        Pack best = null;
        for (Pack pack : packs.values()) {
            boolean circular = sizes.getOrDefault(pack.component, 0) > 1 || pack.needs.contains(pack);
            if (circular && (best == null || pack.name.compareTo(best.name) < 0)) best = pack;
        }
        return best;
    }

    private static void circle(Pack start, StringBuilder out) {
        Deque<Pack> queue = new ArrayDeque<>();
        start.steps = 0;
        queue.add(start);
        while (!queue.isEmpty()) {
            Pack pack = queue.poll();
            for (Pack user : pack.users) {
                if (user.steps < 0) {
                    user.steps = pack.steps + 1;
                    queue.add(user);
                }
            }
        }
        out.append("cycle");
        Pack at = start;
        do {
            out.append(' ').append(at.name);
            Pack next = null;
            for (Pack need : at.needs) {
                if (need.steps < 0) continue;
                boolean better = next == null || need.steps < next.steps;
                if (better || (need.steps == next.steps && need.name.compareTo(next.name) < 0)) next = need;
            }
            at = next;
        } while (at != start);
        out.append('\n');
    }
}
