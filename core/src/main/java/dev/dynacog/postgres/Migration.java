package dev.dynacog.postgres;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.SqlScript.Remark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered change of the database's schema.
 *
 * @param down how to undo it; nothing when its file has no such part
 * @param checksum of the part that was run, by which a later change of the file is noticed. The other part may still
 *     be mended.
 */
public record Migration(
        long number, String name, String file, SqlScript up, Optional<SqlScript> down, String checksum) {

    private static final Pattern FILE_NAME = Pattern.compile("(\\d{1,18})_(.+)\\.sql");

    /**
     * A migration from its file.
     *
     * @param fileName the number and the name
     * @param file what the file is called in messages
     */
    static Migration parse(String fileName, String file, String text) {
        Matcher parts = FILE_NAME.matcher(fileName);
        if (!parts.matches()) {
            throw new DynacogException.Usage(file + " is not called like a migration", "for example 0004_add_bio.sql");
        }
        SqlScript whole = SqlScript.parse(file, text);
        Optional<Remark> up = marker(whole, "up");
        Optional<Remark> down = marker(whole, "down");
        if (up.isEmpty()) {
            throw new DynacogException.Usage(file + " has no line '-- up'", "it stands before what is to be run");
        }
        if (down.isPresent() && down.get().start() < up.get().start()) {
            throw new DynacogException.Usage(file + " has '-- down' before '-- up'", "exchange the two parts");
        }
        int firstEnd = up.get().line();
        whole.statements().stream()
                .filter(statement -> statement.line() < firstEnd)
                .findFirst()
                .ifPresent(statement -> {
                    throw new DynacogException.Usage(
                            file + ":" + statement.line() + ": a statement stands before '-- up'", "move it below");
                });
        String upText = text.substring(up.get().end(), down.map(Remark::start).orElse(text.length()));
        return new Migration(
                Long.parseLong(parts.group(1)),
                parts.group(2),
                file,
                SqlScript.parse(file, upText, up.get().line()),
                down.map(remark -> SqlScript.parse(file, text.substring(remark.end()), remark.line())),
                checksum(upText.strip()));
    }

    private static Optional<Remark> marker(SqlScript whole, String name) {
        List<Remark> found = whole.remarks().stream()
                .filter(remark -> remark.text().equalsIgnoreCase(name))
                .toList();
        if (found.size() > 1) {
            throw new DynacogException.Usage(
                    whole.name() + ":" + found.get(1).line() + ": a second '-- " + name + "'", "keep one of them");
        }
        return found.stream().findFirst();
    }

    private static String checksum(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As it is written in files' names. */
    public static String shown(long number) {
        return String.format("%04d", number);
    }

    /** The number and the name, as in the file's. */
    public String title() {
        return shown(number) + "_" + name;
    }
}
