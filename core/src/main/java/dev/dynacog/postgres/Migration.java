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
 * @param inTransaction whether each part runs as a whole, or statement by statement for what can't stand in a transaction
 * @param checksums of the part that is run, by which a later change of the file is noticed
 */
public record Migration(
        long number,
        String name,
        String file,
        SqlScript up,
        Optional<SqlScript> down,
        boolean inTransaction,
        Checksums checksums) {

    private static final String NO_TRANSACTION = "no transaction";
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
            throw new DynacogException.Usage(file + " is not a migration file name", "for example 0004_add_bio.sql");
        }
        SqlScript whole = SqlScript.parse(file, text);
        Optional<Remark> up = marker(whole, "up");
        Optional<Remark> down = marker(whole, "down");
        if (up.isEmpty()) {
            throw new DynacogException.Usage(file + " has no line '-- up'", "add it above the statements");
        }
        if (down.isPresent() && down.get().start() < up.get().start()) {
            throw new DynacogException.Usage(file + " has '-- down' before '-- up'", "swap the two parts");
        }
        int firstEnd = up.get().line();
        whole.statements().stream()
                .filter(statement -> statement.line() < firstEnd)
                .findFirst()
                .ifPresent(statement -> {
                    throw new DynacogException.Usage(
                            file + ":" + statement.line() + ": a statement stands before '-- up'", "move it below");
                });
        whole.remarks().stream()
                .filter(remark -> remark.text().equalsIgnoreCase(NO_TRANSACTION) && remark.line() > firstEnd)
                .findFirst()
                .ifPresent(remark -> {
                    throw new DynacogException.Usage(
                            file + ":" + remark.line() + ": '-- no transaction' stands below '-- up'",
                            "move it to the head of the file: it holds for both parts");
                });
        String upText = text.substring(up.get().end(), down.map(Remark::start).orElse(text.length()));
        return new Migration(
                Long.parseLong(parts.group(1)),
                parts.group(2),
                file,
                SqlScript.parse(file, upText, up.get().line()),
                down.map(remark -> SqlScript.parse(file, text.substring(remark.end()), remark.line())),
                whole.remarks().stream().noneMatch(remark -> remark.text().equalsIgnoreCase(NO_TRANSACTION)),
                Checksums.of(upText.strip()));
    }

    /**
     * What is noted of a migration that is run, and what may have been noted of the same text before.
     *
     * @param current of the text with one kind of line end, so that it stays the same when an editor or a checkout
     *     changes them
     * @param earlier of the text as earlier versions took it: a lone carriage return counted
     */
    record Checksums(String current, String earlier) {
        static Checksums of(String text) {
            return new Checksums(checksum(text.replace('\r', '\n')), checksum(text));
        }

        boolean match(String noted) {
            return noted.equals(current) || noted.equals(earlier);
        }
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
