package dev.dynacog.seed;

import dev.dynacog.messages.MessageText;
import dev.dynacog.messages.MessageTime;
import dev.dynacog.seed.Fixture.Line;
import dev.dynacog.seed.Fixture.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a fixture: a head of {@code people}, {@code starts}, {@code every} and perhaps {@code group}, then a line for
 * each message, {@code Name: text}. Indented lines go on with the text, a hash at the beginning of a line makes it a
 * comment. It reads on after a mistake, so that all of them are known at once.
 */
final class FixtureReader {
    private static final Pattern NAMED = Pattern.compile("([^:]+?)\\s*:(?: (.*))?");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|h|d)");
    private static final Pattern AGO = Pattern.compile("now(?:\\s*-\\s*(.+))?");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final List<String> HEAD = List.of("group", "people", "starts", "every");

    private final String source;
    private final String name;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, String> handles = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
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

        void goOn(String line) {
            int own = line.length() - line.stripLeading().length();
            indent = indent < 0 ? own : indent;
            for (; blanks > 0; blanks--) {
                text.add("");
            }
            text.add(line.substring(Math.min(own, indent)));
        }
    }

    private FixtureReader(String source, String name) {
        this.source = source;
        this.name = name;
    }

    /** A fixture, or all that is wrong with it. */
    record Result(Optional<Fixture> fixture, List<String> mistakes) {}

    static Result read(String source, String name, List<String> lines) {
        FixtureReader reader = new FixtureReader(source, name);
        for (int i = 0; i < lines.size(); i++) {
            reader.take(
                    i + 1,
                    i == 0 && lines.get(i).startsWith("\ufeff") ? lines.get(i).substring(1) : lines.get(i));
        }
        return reader.finish(lines.size());
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
                wrong(number, "an indented line goes on with a message, and there is none before it");
            }
            return;
        }
        close();
        Matcher named = NAMED.matcher(line.stripTrailing());
        if (!named.matches()) {
            wrong(number, "neither 'Name: text', a comment (#), nor an indented line that goes on with a text");
            return;
        }
        String key = named.group(1);
        String value = named.group(2) == null ? "" : named.group(2).strip();
        if (!inMessages && HEAD.contains(key)) {
            head(number, key, value);
        } else if (handles.containsKey(key)) {
            inMessages = true;
            open = Optional.of(new Open(number, handles.get(key), value));
        } else if (handles.isEmpty()) {
            wrong(number, "'" + key + "' is unknown: a fixture begins with 'people: ...'");
        } else {
            wrong(number, "nobody is called '" + key + "'; there are " + String.join(", ", handles.keySet()));
        }
    }

    private void head(int number, String key, String value) {
        switch (key) {
            case "group" -> {
                if (!UUID.matcher(value).matches()) {
                    wrong(number, "'" + value + "' is no uuid");
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
                                () -> wrong(number, "'" + value + "' is no length of time such as 1m or 30s"));
        }
    }

    private void people(int number, String value) {
        handles.clear();
        for (String part : value.split(",", -1)) {
            int equals = part.indexOf('=');
            String called = (equals < 0 ? part : part.substring(0, equals)).strip();
            String handle = (equals < 0 ? part : part.substring(equals + 1)).strip();
            if (called.isEmpty() || handle.isEmpty()) {
                wrong(number, "a name is missing in '" + value + "'");
            } else if (handles.containsKey(called) || handles.containsValue(handle)) {
                wrong(number, "'" + part.strip() + "' is there twice");
            } else {
                handles.put(called, handle);
            }
        }
        if (handles.size() != 2) {
            wrong(number, "a conversation has two people, and here are " + handles.size());
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
        wrong(number, "'" + value + "' is neither 'now - 1d' nor a time such as 2026-11-20T09:00:00Z");
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
        if (handles.isEmpty()) {
            wrong(1, "'people: ...' is missing");
        }
        if (start.isEmpty()) {
            wrong(1, "'starts: ...' is missing");
        }
        if (lines.isEmpty() && mistakes.isEmpty()) {
            wrong(Math.max(count, 1), "there are no messages");
        }
        if (!mistakes.isEmpty()) {
            return new Result(Optional.empty(), mistakes);
        }
        return new Result(
                Optional.of(new Fixture(
                        name, group, List.copyOf(handles.values()), start.orElseThrow(), every, List.copyOf(lines))),
                List.of());
    }

    private void wrong(int line, String what) {
        mistakes.add(source + ":" + line + ": " + what);
    }
}
