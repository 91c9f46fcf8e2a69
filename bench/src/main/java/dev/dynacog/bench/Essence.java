package dev.dynacog.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What must be the same in the work of all candidates of a contest: else different things would be compared. */
interface Essence {
    /** For what has no counterpart. */
    Essence NONE = output -> "";

    /** A record a line, and so many that only their number is looked at. */
    Essence RECORDS_BY_NUMBER = output -> {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.count() + " records";
        }
    };

    String of(Path output) throws IOException;

    /** How often a text occurs that stands in each record once. */
    static Essence count(String text) {
        return output -> {
            String all = Files.readString(output);
            int found = 0;
            for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + text.length())) {
                found++;
            }
            return found + " records";
        };
    }

    /**
     * The lines, each with whatever order its attributes have: JSON objects are the same when they are made of the same
     * characters, or so nearly that nobody gets there by accident.
     */
    static Essence records() {
        return output -> {
            List<String> lines = Files.readAllLines(output);
            long digest = 0;
            for (String line : lines) {
                byte[] characters = line.getBytes(StandardCharsets.UTF_8);
                Arrays.sort(characters);
                digest += Arrays.hashCode(characters) * 0x9E3779B97F4A7C15L;
            }
            return lines.size() + " records, digest " + Long.toHexString(digest);
        };
    }
}
