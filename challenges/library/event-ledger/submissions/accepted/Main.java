import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Main {
    private interface Event {
        String key();

        int time();
    }

    private record Movement(String key, int time, String from, String to, BigDecimal amount) implements Event {}

    private record Correction(String key, int time, String target, BigDecimal amount) implements Event {}

    private static final Comparator<Event> ORDER = Comparator.comparingInt(Event::time).thenComparing(Event::key);

    private static Event parse(String[] words) {
        int time = Integer.parseInt(words[1]);
        return switch (words[2]) {
            case "deposit" -> new Movement(words[0], time, null, words[3], new BigDecimal(words[4]));
            case "withdraw" -> new Movement(words[0], time, words[3], null, new BigDecimal(words[4]));
            case "transfer" -> new Movement(words[0], time, words[3], words[4], new BigDecimal(words[5]));
            case "amend" -> new Correction(words[0], time, words[3], new BigDecimal(words[4]));
            default -> new Correction(words[0], time, words[3], null);
        };
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String[] head = in.readLine().split(" ");
        int eventCount = Integer.parseInt(head[0]), questionCount = Integer.parseInt(head[1]);
        int duplicates = 0, conflicts = 0, orphans = 0, voided = 0, refused = 0;

        Map<String, String> lines = new HashMap<>();
        Map<String, Movement> movements = new LinkedHashMap<>();
        List<Correction> corrections = new ArrayList<>();
        for (int i = 0; i < eventCount; i++) {
            String line = in.readLine();
            String[] words = line.split(" ");
            String known = lines.putIfAbsent(words[0], line);
            if (known != null) {
                if (known.equals(line)) duplicates++;
                else conflicts++;
                continue;
            }
            Event event = parse(words);
            if (event instanceof Movement movement) movements.put(movement.key(), movement);
            else corrections.add((Correction) event);
        }

        Map<String, Correction> inForce = new HashMap<>();
        for (Correction correction : corrections) {
            if (!movements.containsKey(correction.target())) orphans++;
            else inForce.merge(correction.target(), correction, (a, b) -> ORDER.compare(a, b) > 0 ? a : b);
        }
        for (Correction correction : inForce.values()) {
            Movement movement = movements.get(correction.target());
            if (correction.amount() == null) {
                movements.remove(movement.key());
                voided++;
            } else {
                movements.put(movement.key(),
                    new Movement(movement.key(), movement.time(), movement.from(), movement.to(), correction.amount()));
            }
        }

        Map<String, TreeMap<Integer, BigDecimal>> history = new HashMap<>();
        List<Movement> ordered = new ArrayList<>(movements.values());
        ordered.sort(ORDER);
        for (Movement movement : ordered) {
            if (movement.from() != null && last(history, movement.from()).compareTo(movement.amount()) < 0) {
                refused++;
                continue;
            }
            if (movement.from() != null) change(history, movement.from(), movement.time(), movement.amount().negate());
            if (movement.to() != null) change(history, movement.to(), movement.time(), movement.amount());
        }

        StringBuilder out = new StringBuilder();
        out.append("duplicates ").append(duplicates).append(" conflicts ").append(conflicts);
        out.append(" orphans ").append(orphans).append(" voided ").append(voided).append(" refused ").append(refused).append('\n');
        for (int i = 0; i < questionCount; i++) {
            String[] words = in.readLine().split(" ");
            TreeMap<Integer, BigDecimal> account = history.get(words[0]);
            Map.Entry<Integer, BigDecimal> entry = account == null ? null : account.floorEntry(Integer.parseInt(words[1]));
            out.append(entry == null ? "0.00" : entry.getValue().toPlainString()).append('\n');
        }
        System.out.print(out);
    }

    private static BigDecimal last(Map<String, TreeMap<Integer, BigDecimal>> history, String account) {
        TreeMap<Integer, BigDecimal> changes = history.get(account);
        return changes == null ? new BigDecimal("0.00") : changes.lastEntry().getValue();
    }

    private static void change(Map<String, TreeMap<Integer, BigDecimal>> history, String account, int time, BigDecimal by) {
        BigDecimal balance = last(history, account).add(by);
        history.computeIfAbsent(account, name -> new TreeMap<>()).put(time, balance);
    }
}
