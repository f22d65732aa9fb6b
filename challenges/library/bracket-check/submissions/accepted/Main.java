import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

public class Main {
    private static final String OPENERS = "([{";
    private static final String CLOSERS = ")]}";

    private record Open(int bracket, int row, int column) {}

    public static void main(String[] args) throws IOException {
        String content = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(check(content.codePoints().toArray()));
    }

    private static String check(int[] points) {
        Deque<Open> open = new ArrayDeque<>();
        int row = 1, column = 0, deepest = 0, textColumn = 0;
        boolean comment = false, escaped = false;
        for (int point : points) {
            if (point == '\n') {
                if (textColumn > 0) return row + ":" + textColumn + " unclosed \"";
                row++;
                column = 0;
                comment = false;
                continue;
            }
            column++;
            if (comment) continue;
            if (textColumn > 0) {
                if (escaped) escaped = false;
                else if (point == '\\') escaped = true;
                else if (point == '"') textColumn = 0;
                continue;
            }
            if (point == '#') comment = true;
            else if (point == '"') textColumn = column;
            else if (OPENERS.indexOf(point) >= 0) {
                open.push(new Open(point, row, column));
                deepest = Math.max(deepest, open.size());
            } else if (CLOSERS.indexOf(point) >= 0) {
                if (open.isEmpty()) return row + ":" + column + " unexpected " + (char) point;
                char expected = CLOSERS.charAt(OPENERS.indexOf(open.pop().bracket()));
                if (expected != point) return row + ":" + column + " expected " + expected + " found " + (char) point;
            }
        }
        if (open.isEmpty()) return "ok " + deepest;
        Open last = open.peek();
        return last.row() + ":" + last.column() + " unclosed " + (char) last.bracket();
    }
}
