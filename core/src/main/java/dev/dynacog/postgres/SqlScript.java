package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file of SQL, taken apart into its statements. What only psql understands is refused with the line it stands on,
 * and so is what would end the transaction that the whole file runs in.
 *
 * @param name what the file is called in messages
 */
public record SqlScript(String name, List<SqlStatement> statements, List<Remark> remarks) {
    private static final String SHIPPED = "/seed-data/sql/";

    /** It is in memory as a whole, more than once. */
    private static final int LARGEST = 32 << 20;

    private static final Pattern ROLLBACK_TO = Pattern.compile("ROLLBACK( WORK| TRANSACTION)? TO\\b.*");

    /** A {@code --} comment that stands outside of everything else. */
    record Remark(String text, int line, int start, int end) {}

    public SqlScript {
        statements = List.copyOf(statements);
        remarks = List.copyOf(remarks);
    }

    /** One of the files that come with dynacog. */
    public static SqlScript shipped(String name) {
        String resource = SHIPPED + name;
        try (InputStream in = Objects.requireNonNull(SqlScript.class.getResourceAsStream(resource), resource)) {
            return parse(name, text(name, in.readAllBytes()));
        } catch (IOException e) {
            throw new DynacogException.Failed(name + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    public static SqlScript read(Path file) {
        return parse(file.toString(), readText(file));
    }

    static String readText(Path file) {
        if (Files.isDirectory(file)) {
            throw new DynacogException.Usage(file + " is a folder", "pass the files in it, in order");
        }
        try {
            return text(
                    file.toString(),
                    PlainFile.bytes(file, LARGEST, "split it, or run it with: dynacog db connect -- -f " + file));
        } catch (NoSuchFileException e) {
            throw new DynacogException.NotFound("there is no file " + file, "");
        } catch (IOException e) {
            throw new DynacogException.Failed(file + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    private static String text(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Some editors begin a file with a byte order mark, and some end lines as Windows does.
            return (text.startsWith("\ufeff") ? text.substring(1) : text).replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new DynacogException.Usage(name + " is not UTF-8", "convert it, for example with iconv");
        }
    }

    static SqlScript parse(String name, String text) {
        return parse(name, text, 1);
    }

    /**
     * A part of a file.
     *
     * @param firstLine the line of the file that the part begins on
     */
    static SqlScript parse(String name, String text, int firstLine) {
        SqlScanner scanner = new SqlScanner(name, text, firstLine);
        scanner.scan();
        return new SqlScript(name, scanner.statements(), scanner.remarks());
    }

    /** What can't be done in the one transaction of a file, by the words that a statement begins with. */
    static void requireRunnable(String name, int line, String words) {
        String first = words.contains(" ") ? words.substring(0, words.indexOf(' ')) : words;
        boolean ends = switch (first) {
            case "BEGIN", "COMMIT", "END", "ABORT" -> true;
            case "ROLLBACK" -> !ROLLBACK_TO.matcher(words).matches();
            case "START", "PREPARE" -> words.startsWith(first + " TRANSACTION");
            default -> false;
        };
        if (ends) {
            throw refused(
                    name,
                    line,
                    first + " is not allowed: the whole file runs in one transaction",
                    "remove it; nothing was run");
        }
        if (first.equals("COPY") && words.matches(".* FROM STDIN\\b.*")) {
            throw refused(
                    name,
                    line,
                    "COPY FROM STDIN is supported only by psql",
                    "use INSERT (pg_dump --inserts), or run the file with: dynacog db connect -- -f " + name);
        }
        if (first.equals("COPY") && words.matches(".* TO STDOUT\\b.*")) {
            throw refused(name, line, "COPY TO STDOUT is not supported", "run it with: dynacog db connect");
        }
    }

    static DynacogException refused(String name, int line, String message, String hint) {
        return new DynacogException.Usage(name + ":" + line + ": " + message, hint);
    }
}
