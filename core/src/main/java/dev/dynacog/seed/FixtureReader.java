package dev.dynacog.seed;

import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageText;
import dev.dynacog.messages.MessageTime;
import dev.dynacog.seed.Fixture.Line;
import dev.dynacog.seed.Fixture.Start;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a fixture: a head of {@code people}, {@code starts}, {@code every} and perhaps {@code id} and {@code group}, then a
 * line for each message, {@code Name: text}. Indented lines go on with the text, a hash at the beginning of a line makes it a
 * comment. It reads on after a mistake, so that all of them are known at once.
 */
final class FixtureReader {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|h|d)");
    private static final Pattern AGO = Pattern.compile("now(?:\\s*-\\s*(.+))?");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final List<String> HEAD = List.of("id", "group", "people", "starts", "every");

    /** A conversation is held as a whole, and twice beside what is there of it. */
    private static final int MOST_MESSAGES = 200_000;

    private static final int MOST_MISTAKES = 50;
    private static final int LONGEST_VALUE = 1000;
    private static final int LONGEST_ID = 200;
    private static final int SHOWN = 60;

    private final Origin origin;
    private final boolean isShipped;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, String> handles = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> head = new HashMap<>();
    private int unnamedMistakes;
    private Optional<String> id = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<Start> start = Optional.empty();
    private Duration every = Duration.ofMinutes(1);
    private Optional<Open> open = Optional.empty();
    private boolean inMessages;

    /** A message whose text may go on in the next line. */
    private static final class Open {
        private final int lineNumber;
        private final String handle;
        private final List<String> text = new ArrayList<>();
        private int blanks;
        private int indent = -1;

        Open(int lineNumber, String handle, String first) {
            this.lineNumber = lineNumber;
            this.handle = handle;
            if (!first.isEmpty()) {
                text.add(first);
            }
        }

        boolean isTooLong() {
            return text.size() > Message.LONGEST + 1;
        }

        void goOn(String line) {
            int own = line.length() - line.stripLeading().length();
            indent = indent < 0 ? own : indent;
            // What is longer than any message may be is not held: that it is too long is all that has to be known.
            for (; blanks > 0 && !isTooLong(); blanks--) {
                text.add("");
            }
            if (!isTooLong()) {
                text.add(line.substring(Math.min(own, indent)));
            }
        }
    }

    private FixtureReader(Origin origin, boolean isShipped) {
        this.origin = origin;
        this.isShipped = isShipped;
    }

    /** A fixture, or all that is wrong with it. */
    record Result(Optional<Fixture> fixture, List<String> mistakes) {}

    /**
     * Reads one.
     *
     * @param isShipped whether its name is that of a shipped one, whose messages it can't have written
     */
    static Result read(Origin origin, boolean isShipped, BufferedReader lines) throws IOException {
        FixtureReader reader = new FixtureReader(origin, isShipped);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            reader.take(number, number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line);
            if (reader.lines.size() > MOST_MESSAGES) {
                reader.wrong(number, "a fixture can have at most " + MOST_MESSAGES + " messages");
                break;
            }
        }
        return reader.finish(number);
    }

    private void take(int number, String line) {
        if (line.startsWith("#")) {
            return;
        }
        if (line.isBlank()) {
            open.ifPresent(message -> message.blanks++);
            return;
        }
        if (Character.isWhitespace(line.charAt(0))) {
            if (open.isPresent()) {
                open.get().goOn(line.stripTrailing());
            } else {
                wrong(number, "an indented line continues a message, and there is none before it");
            }
            return;
        }
        close();
        int colon = line.indexOf(':');
        String behind = line.substring(colon + 1).stripTrailing();
        if (colon <= 0 || !(behind.isEmpty() || behind.startsWith(" "))) {
            wrong(number, "expected 'Name: text', a comment (#) or an indented continuation line");
            return;
        }
        String key = line.substring(0, colon).stripTrailing();
        String value = behind.strip();
        if (!inMessages && HEAD.contains(key)) {
            head(number, key, value);
        } else if (handles.containsKey(key)) {
            inMessages = true;
            open = Optional.of(new Open(number, handles.get(key), value));
        } else if (HEAD.contains(key)) {
            wrong(number, "'" + key + ":' stands before the first message");
        } else if (handles.isEmpty()) {
            wrong(number, shown(key) + " is unknown: a fixture begins with 'people: ...'");
        } else {
            wrong(number, "nobody is called " + shown(key) + "; there are " + String.join(", ", handles.keySet()));
        }
    }

    private void head(int number, String key, String value) {
        Integer before = head.putIfAbsent(key, number);
        if (before != null) {
            wrong(number, "'" + key + ":' is there twice, first in line " + before);
            return;
        }
        if (value.length() > LONGEST_VALUE) {
            wrong(number, shown(value) + " is longer than the " + LONGEST_VALUE + " characters of a value");
            // Not missing, but wrong: that is said once.
            start = key.equals("starts") ? Optional.of(new Fixture.Ago(Duration.ZERO)) : start;
            return;
        }
        switch (key) {
            case "id" -> {
                if (value.isEmpty() || value.length() > LONGEST_ID || hasControl(value)) {
                    wrong(
                            number,
                            shown(value) + " is not a valid id: use 1 to " + LONGEST_ID
                                    + " characters, no control characters");
                }
                id = Optional.of(value);
            }
            case "group" -> {
                if (!UUID.matcher(value).matches()) {
                    wrong(number, shown(value) + " is not a UUID");
                }
                group = Optional.of(value);
            }
            case "people" -> people(number, value);
            case "starts" -> start = start(number, value);
            default ->
                length(value)
                        .filter(length -> !length.isZero())
                        .ifPresentOrElse(
                                length -> every = length,
                                () -> wrong(number, shown(value) + " is not a duration such as 1m or 30s"));
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String shown(String text) {
        return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'";
    }

    private void people(int number, String value) {
        handles.clear();
        for (String part : value.split(",", -1)) {
            int equals = part.indexOf('=');
            String called = (equals < 0 ? part : part.substring(0, equals)).strip();
            String handle = (equals < 0 ? part : part.substring(equals + 1)).strip();
            if (called.isEmpty() || handle.isEmpty()) {
                wrong(number, "a name is missing in " + shown(value));
            } else if (hasControl(part)) {
                wrong(number, shown(part.strip()) + " contains a control character");
            } else if (HEAD.contains(called)) {
                wrong(number, "nobody can be called '" + called + "' here: write 'Name = " + handle + "'");
            } else if (handles.containsKey(called) || handles.containsValue(handle)) {
                wrong(number, shown(part.strip()) + " is there twice");
            } else {
                handles.put(called, handle);
            }
        }
        if (handles.size() != 2) {
            wrong(number, "a conversation needs two people, found " + handles.size());
        }
    }

    private Optional<Start> start(int number, String value) {
        Matcher ago = AGO.matcher(value);
        if (ago.matches()) {
            Optional<Duration> before = ago.group(1) == null ? Optional.of(Duration.ZERO) : length(ago.group(1));
            if (before.isPresent()) {
                return before.map(Fixture.Ago::new);
            }
        } else {
            Optional<Instant> instant = MessageTime.read(value);
            if (instant.isPresent()) {
                return instant.map(Fixture.Fixed::new);
            }
        }
        wrong(number, shown(value) + " is neither 'now - 1d' nor a time such as 2026-11-20T09:00:00Z");
        return Optional.of(new Fixture.Ago(Duration.ZERO));
    }

    private static Optional<Duration> length(String text) {
        Matcher length = LENGTH.matcher(text.strip());
        if (!length.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(length.group(1));
        return Optional.of(
                switch (length.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    private void close() {
        open.ifPresent(message -> {
            String text = String.join("\n", message.text);
            MessageText.objection(text)
                    .ifPresentOrElse(
                            objection -> wrong(message.lineNumber, "the text " + objection),
                            () -> lines.add(new Line(message.handle, text)));
        });
        open = Optional.empty();
    }

    private Result finish(int count) {
        close();
        if (!head.containsKey("people")) {
            wrong(1, "'people: ...' is missing");
        }
        if (start.isEmpty()) {
            wrong(1, "'starts: ...' is missing");
        }
        if (lines.isEmpty() && mistakes.isEmpty()) {
            wrong(Math.max(count, 1), "no messages");
        }
        if (unnamedMistakes > 0) {
            mistakes.add(origin.file() + ": and " + unnamedMistakes + " more mistakes");
        }
        return mistakes.isEmpty()
                ? new Result(Optional.of(fixture()), List.of())
                : new Result(Optional.empty(), mistakes);
    }

    private Fixture fixture() {
        MessageIds ids = new MessageIds(id.orElse(origin.identity()));
        boolean sameAsEver = ids.identity().equals(origin.name()) || isShipped;
        return new Fixture(
                origin,
                ids,
                sameAsEver ? Optional.empty() : Optional.of(new MessageIds(origin.name())),
                group,
                List.copyOf(handles.values()),
                start.orElseThrow(),
                every,
                lines);
    }

    private void wrong(int line, String what) {
        if (mistakes.size() < MOST_MISTAKES) {
            mistakes.add(origin.file() + ":" + line + ": " + what);
        } else {
            unnamedMistakes++;
        }
    }
}
