package dev.dynacog.postgres;

import dev.dynacog.postgres.SqlScript.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds where each statement of a text ends, by Postgres' own rules of what is quoted: a semicolon counts only outside
 * of strings, quoted names, dollar quotes, comments, parentheses and the bodies of SQL functions.
 */
final class SqlScanner {
    private static final int WORDS_KEPT = 200;
    private static final Pattern ROUTINE = Pattern.compile("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE)\\b.*");

    private final String name;
    private final String text;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    private int at;
    private int line;
    private int statementStart = -1;
    private int statementLine;
    private int parentheses;
    private int bodies;
    private StringBuilder words = new StringBuilder();

    SqlScanner(String name, String text, int firstLine) {
        this.name = name;
        this.text = text;
        this.line = firstLine;
    }

    List<SqlStatement> statements() {
        return statements;
    }

    List<Remark> remarks() {
        return remarks;
    }

    void scan() {
        while (at < text.length()) {
            step();
        }
        endStatement();
    }

    private void step() {
        char unit = text.charAt(at);
        if (Character.isWhitespace(unit)) {
            advance(1);
        } else if (startsWith("--")) {
            remark();
        } else if (startsWith("/*")) {
            comment();
        } else if (unit == ';') {
            semicolon();
        } else {
            beginStatement();
            inStatement(unit);
        }
    }

    private void inStatement(char unit) {
        if (unit == '\\') {
            throw metaCommand();
        } else if (unit == '\'') {
            quoted('\'', "a string", false);
        } else if (unit == '"') {
            quoted('"', "a quoted name", false);
        } else if (unit == '$') {
            dollar();
        } else if (isWordStart(unit)) {
            word();
        } else if (unit >= '0' && unit <= '9') {
            number();
        } else {
            parentheses = Math.max(0, parentheses + (unit == '(' ? 1 : unit == ')' ? -1 : 0));
            advance(1);
        }
    }

    private void beginStatement() {
        if (statementStart < 0) {
            statementStart = at;
            statementLine = line;
        }
    }

    private void semicolon() {
        if (parentheses == 0 && bodies == 0) {
            endStatement();
        }
        advance(1);
    }

    private void endStatement() {
        if (statementStart >= 0) {
            SqlScript.requireRunnable(name, statementLine, words.toString());
            statements.add(new SqlStatement(text.substring(statementStart, at).stripTrailing(), statementLine));
        }
        statementStart = -1;
        parentheses = 0;
        bodies = 0;
        words = new StringBuilder();
    }

    private void remark() {
        // Postgres ends a comment at either, so that what follows a lone carriage return is run.
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        remarks.add(new Remark(text.substring(at + 2, end).strip(), line, at, end));
        advance(end - at);
    }

    /** Unlike in the standard, comments of this kind nest. */
    private void comment() {
        int begun = line;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw open("a comment", begun);
            } else if (startsWith("/*")) {
                depth++;
                advance(2);
            } else if (startsWith("*/")) {
                depth--;
                advance(2);
            } else {
                advance(1);
            }
        } while (depth > 0);
    }

    /** To the closing quote; a doubled one is one of the text, and with escapes so is one behind a backslash. */
    private void quoted(char quote, String what, boolean escapes) {
        int begun = line;
        advance(1);
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (escapes && unit == '\\') {
                advance(2);
            } else if (unit != quote) {
                advance(1);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                advance(2);
            } else {
                advance(1);
                return;
            }
        }
        throw open(what, begun);
    }

    /** A dollar quote to its end; else the dollar is a parameter's, or nothing's. */
    private void dollar() {
        int tagEnd = at + 1;
        while (tagEnd < text.length() && isWordPart(text.charAt(tagEnd)) && text.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        boolean tagged = tagEnd < text.length()
                && text.charAt(tagEnd) == '$'
                && (tagEnd == at + 1 || isWordStart(text.charAt(at + 1)));
        if (!tagged) {
            advance(1);
            return;
        }
        String tag = text.substring(at, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw open("a text in " + tag, line);
        }
        advance(end + tag.length() - at);
    }

    private void word() {
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end).toUpperCase(Locale.ROOT);
        advance(end - at);
        if (word.equals("E") && at < text.length() && text.charAt(at) == '\'') {
            quoted('\'', "a string", true);
            return;
        }
        if (words.length() < WORDS_KEPT || words.indexOf("COPY") == 0) {
            words.append(words.isEmpty() ? "" : " ").append(word);
        }
        if (parentheses == 0 && ROUTINE.matcher(words).matches()) {
            body(word);
        }
    }

    /** The body of an SQL function may be written without quotes, and has semicolons. */
    private void body(String word) {
        if (word.equals("BEGIN") || (word.equals("CASE") && bodies > 0)) {
            bodies++;
        } else if (word.equals("END") && bodies > 0) {
            bodies--;
        }
    }

    /** With the letters that follow at once, as in 1e5: they begin no word. */
    private void number() {
        int end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        advance(end - at);
    }

    private void advance(int count) {
        int end = Math.min(text.length(), at + count);
        for (; at < end; at++) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                line++;
            }
        }
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    private static boolean isWordStart(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || unit == '_' || unit >= 0x80;
    }

    private static boolean isWordPart(char unit) {
        return isWordStart(unit) || (unit >= '0' && unit <= '9') || unit == '$';
    }

    private RuntimeException metaCommand() {
        int end = at + 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String command = text.substring(at, end);
        return SqlScript.refused(
                name,
                line,
                command + " is a psql command, not SQL",
                "remove it, or run the file with: dynacog db connect -- -f " + name);
    }

    private RuntimeException open(String what, int begun) {
        return SqlScript.refused(name, begun, what + " starts here and is not closed", "nothing was run");
    }
}
