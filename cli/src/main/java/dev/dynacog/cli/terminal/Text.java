package dev.dynacog.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * One line for people: pieces of text with a tone each. Whatever it is made of, no control character comes out of it:
 * data must not be able to move the cursor, set the title or hide itself.
 */
public record Text(List<Piece> pieces) {
    public static final Text EMPTY = new Text(List.of());

    private static final String ELLIPSIS = "…";
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** A run of text in one tone. */
    public record Piece(String text, Tone tone) {
        public Piece {
            text = Printable.of(text);
        }
    }

    public Text {
        pieces = List.copyOf(pieces);
    }

    public static Text of(String text) {
        return of(text, Tone.PLAIN);
    }

    public static Text of(String text, Tone tone) {
        return text.isEmpty() ? EMPTY : new Text(List.of(new Piece(text, tone)));
    }

    public Text plus(String text) {
        return plus(text, Tone.PLAIN);
    }

    public Text plus(String text, Tone tone) {
        return plus(of(text, tone));
    }

    public Text plus(Text other) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(other.pieces);
        return new Text(all);
    }

    public boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How many columns of a terminal it takes. */
    public int width() {
        int width = 0;
        for (Piece piece : pieces) {
            width += width(piece.text());
        }
        return width;
    }

    /** Cut to so many columns; what was cut off shows as an ellipsis. */
    public Text cut(int columns) {
        if (width() <= columns) {
            return this;
        }
        List<Piece> kept = new ArrayList<>();
        int left = Math.max(0, columns - 1);
        Tone last = Tone.PLAIN;
        for (Piece piece : pieces) {
            int end = prefixOfClusters(piece.text(), left);
            last = piece.tone();
            if (end > 0) {
                kept.add(new Piece(piece.text().substring(0, end), piece.tone()));
                left -= width(piece.text().substring(0, end));
            }
            if (end < piece.text().length()) {
                break;
            }
        }
        if (columns > 0) {
            kept.add(new Piece(ELLIPSIS, last));
        }
        return new Text(kept);
    }

    /**
     * A longer text in lines of so many columns at most, broken at spaces where there are some. Its own line breaks and
     * blank lines are kept.
     */
    public static List<Text> wrapped(String text, Tone tone, int columns) {
        List<Text> lines = new ArrayList<>();
        text.replace("\t", "    ")
                .lines()
                .forEach(line -> wrap(Printable.of(line), columns).forEach(part -> lines.add(of(part, tone))));
        return lines;
    }

    /** In lines of so many columns at most, as {@link #wrapped(String, Tone, int)} breaks them; each piece keeps its tone. */
    public List<Text> wrapped(int columns) {
        String whole = toString();
        List<Text> lines = new ArrayList<>();
        int from = 0;
        for (String part : wrap(whole, columns)) {
            int start = whole.indexOf(part, from);
            from = start + part.length();
            lines.add(slice(start, from));
        }
        return lines;
    }

    private Text slice(int from, int to) {
        List<Piece> within = new ArrayList<>();
        int start = 0;
        for (Piece piece : pieces) {
            int end = start + piece.text().length();
            if (end > from && start < to) {
                within.add(new Piece(
                        piece.text().substring(Math.max(from, start) - start, Math.min(to, end) - start),
                        piece.tone()));
            }
            start = end;
        }
        return new Text(within);
    }

    private static List<String> wrap(String line, int columns) {
        List<String> parts = new ArrayList<>();
        String rest = line;
        // The width of all that is left is never asked for: a text of 400 KB has thousands of lines.
        for (int fitting = lineOf(rest, columns); fitting < rest.length(); fitting = lineOf(rest, columns)) {
            int space = rest.lastIndexOf(' ', fitting);
            int end = space > 0 ? space : fitting;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    /** How many characters fit: what people see as one, such as a flag or a family, stays whole. */
    private static int prefixOfClusters(String text, int columns) {
        Matcher cluster = CLUSTER.matcher(text);
        int width = 0;
        int end = 0;
        while (cluster.find()) {
            width += width(cluster.group());
            if (width > columns) {
                return end;
            }
            end = cluster.end();
        }
        return end;
    }

    /** How many characters make a line: one at least, however narrow it is. */
    private static int lineOf(String text, int columns) {
        int fitting = prefixOfClusters(text, columns);
        Matcher first = CLUSTER.matcher(text);
        return fitting == 0 && first.find() ? first.end() : fitting;
    }

    /** With spaces behind it, up to so many columns. */
    public Text padded(int columns) {
        int missing = columns - width();
        return missing <= 0 ? this : plus(" ".repeat(missing));
    }

    /** With spaces before it, up to so many columns. */
    public Text paddedLeft(int columns) {
        int missing = columns - width();
        return missing <= 0 ? this : of(" ".repeat(missing)).plus(this);
    }

    String painted(Palette palette) {
        StringBuilder line = new StringBuilder();
        for (Piece piece : pieces) {
            line.append(palette.paint(piece.text(), piece.tone()));
        }
        return line.toString();
    }

    /** The text without tones. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        pieces.forEach(piece -> line.append(piece.text()));
        return line.toString();
    }

    private static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            char unit = text.charAt(i);
            if (unit < 0x7f) {
                width++;
                i++;
            } else {
                int point = text.codePointAt(i);
                width += Math.max(0, WCWidth.wcwidth(point));
                i += Character.charCount(point);
            }
        }
        return width;
    }
}
