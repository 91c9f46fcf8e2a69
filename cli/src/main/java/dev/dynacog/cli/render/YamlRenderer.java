package dev.dynacog.cli.render;

import dev.dynacog.cli.terminal.LineOutput;
import dev.dynacog.cli.terminal.Printable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * YAML 1.2: a document for each record, or the one record that there is. What a parser of YAML 1.1 would take for something
 * else than a text ({@code no}, a date, {@code 1:30}) is quoted, too.
 */
final class YamlRenderer implements Renderer {
    /** Words that are no texts in one of the versions, in any case. */
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    /** A key on its own line may have 1,024 characters. */
    private static final int LONGEST_KEY = 1_000;

    private final LineOutput out;
    private final boolean single;
    private final StringBuilder yaml = new StringBuilder();

    YamlRenderer(LineOutput out, boolean single) {
        this.out = out;
        this.single = single;
    }

    @Override
    public void row(@Nullable Object record) {
        yaml.setLength(0);
        if (!single) {
            yaml.append("---\n");
        }
        if (hasLines(record)) {
            lines(record, 0);
        } else {
            scalar(record, 2);
            yaml.append('\n');
        }
        byte[] bytes = yaml.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length - 1);
        out.endOfLine();
    }

    @Override
    public void endOfPage() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }

    private static boolean hasLines(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && !map.isEmpty()) || (value instanceof List<?> list && !list.isEmpty());
    }

    /** A map or a list, whose first line stands where the caller is, and whose others are indented. */
    private void lines(@Nullable Object value, int indent) {
        boolean first = true;
        if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                indent(first ? 0 : indent);
                first = false;
                key(String.valueOf(entry.getKey()), indent);
                valueOfKey(entry.getValue(), indent + 2);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                indent(first ? 0 : indent);
                first = false;
                yaml.append("- ");
                if (hasLines(element)) {
                    lines(element, indent + 2);
                } else {
                    scalar(element, indent + 2);
                    yaml.append('\n');
                }
            }
        }
    }

    private void key(String key, int indent) {
        String text = isPlain(key) ? key : quoted(key);
        if (text.length() > LONGEST_KEY) {
            yaml.append("? ").append(text).append('\n');
            indent(indent);
        } else {
            yaml.append(text);
        }
        yaml.append(':');
    }

    private void valueOfKey(@Nullable Object value, int indent) {
        if (hasLines(value)) {
            yaml.append('\n');
            indent(indent);
            lines(value, indent);
        } else {
            yaml.append(' ');
            scalar(value, indent);
            yaml.append('\n');
        }
    }

    private void scalar(@Nullable Object value, int indent) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            yaml.append(value);
        } else if (value instanceof BigDecimal number) {
            yaml.append(number(number));
        } else if (value instanceof Double number) {
            yaml.append(number(number));
        } else if (value instanceof Map) {
            yaml.append("{}");
        } else if (value instanceof List) {
            yaml.append("[]");
        } else {
            // Instants, paths and addresses: their text is their value.
            text(value.toString(), indent);
        }
    }

    /** Where there is an exponent, YAML 1.1 wants a point before it. */
    private static String number(BigDecimal number) {
        String text = number.toString();
        int exponent = text.indexOf('E');
        return exponent < 0 || text.contains(".")
                ? text
                : text.substring(0, exponent) + ".0" + text.substring(exponent);
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        return number(BigDecimal.valueOf(number));
    }

    private void text(String text, int indent) {
        if (isPlain(text)) {
            yaml.append(text);
        } else if (isBlock(text)) {
            yaml.append(text.endsWith("\n") ? "|" : "|-");
            for (String line : text.lines().toList()) {
                yaml.append('\n');
                indent(line.isEmpty() ? 0 : indent);
                yaml.append(line);
            }
        } else {
            yaml.append(quoted(text));
        }
    }

    private void indent(int columns) {
        yaml.append(" ".repeat(columns));
    }

    /** Whether it is a text without quotes, whoever reads it, and one that begins with no sign and no digit. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.endsWith(" ") || text.endsWith(":") || text.contains(": ") || text.contains(" #")) {
            return false;
        }
        int first = text.codePointAt(0);
        return (Character.isLetter(first) || first == '/' || first == '_')
                && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                && text.indexOf('\n') < 0
                && isShown(text);
    }

    /** Whether its lines can stand as they are, below each other. */
    private static boolean isBlock(String text) {
        int end = text.length() - 1;
        int line = text.indexOf('\n');
        return line > 0
                && !text.startsWith(" ")
                && (text.charAt(end) != '\n' || text.charAt(end - 1) != '\n')
                && isShown(text);
    }

    private static boolean isShown(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\n' && isEscaped(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscaped(String text, int i) {
        char unit = text.charAt(i);
        if (Character.isLowSurrogate(unit) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
            return false;
        }
        return Printable.isUnsafe(text, i) || unit == '\ufffe' || unit == '\uffff';
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
            } else if (isEscaped(text, i)) {
                quoted.append(escape(point));
            } else {
                quoted.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return quoted.append('"').toString();
    }

    private static String escape(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\U%08x", point);
        };
    }
}
