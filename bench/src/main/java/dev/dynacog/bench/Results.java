package dev.dynacog.bench;

import java.util.ArrayList;
import java.util.List;

/** What was found, as Markdown that reads well in a terminal too. */
final class Results {
    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder("# What dynacog costs\n");
    private final List<String> missing = new ArrayList<>();

    void section(String title) {
        text.append("\n## ").append(title).append('\n');
    }

    /** A paragraph, in lines that a terminal can show. */
    void say(String paragraph) {
        text.append('\n');
        int column = 0;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            if (column > 0 && column + word.length() >= WIDTH) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? "" : " ").append(word);
            column += word.length() + 1;
        }
        text.append('\n');
    }

    void list(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append('\n');
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
    }

    void table(Table table) {
        text.append('\n').append(table);
    }

    void missing(String what) {
        missing.add(what);
    }

    /** The whole, with what was missing at its end. */
    String markdown() {
        String end = missing.isEmpty()
                ? "Nothing."
                : missing.stream()
                        .distinct()
                        .map(what -> "- " + what)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("");
        return text + "\n## What was missing\n\n" + end + "\n";
    }
}
