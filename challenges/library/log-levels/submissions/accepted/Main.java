import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Main {
    static final Pattern ENTRY =
        Pattern.compile("\\d\\d:\\d\\d:\\d\\d +((?i)DEBUG|INFO|WARN|ERROR) +([-a-z0-9]+):.*");

    public static void main(String[] args) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : new String[] {"DEBUG", "INFO", "WARN", "ERROR", "BROKEN"}) {
            counts.put(name, 0);
        }
        Map<String, Integer> errors = new TreeMap<>();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            String level = entry.matches() ? entry.group(1).toUpperCase() : "BROKEN";
            counts.merge(level, 1, Integer::sum);
            if (level.equals("ERROR")) {
                errors.merge(entry.group(2), 1, Integer::sum);
            }
        }
        counts.forEach((name, count) -> System.out.println(name + " " + count));
        String worst = "none";
        int most = 0;
        for (Map.Entry<String, Integer> service : errors.entrySet()) {
            if (service.getValue() > most) {
                most = service.getValue();
                worst = service.getKey() + " " + most;
            }
        }
        System.out.println("WORST " + worst);
    }
}
