package dev.dynacog.local;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filter of ListUsers: one attribute, {@code =} or {@code ^=}, and a text in double quotes. */
record CognitoFilter(String attribute, boolean prefix, String value) implements Predicate<CognitoAccount> {
    /** As the service allows. */
    private static final int LONGEST = 256;

    /** Up to the quoted text. No group is repeated, so that the length of a text is no depth of calls. */
    private static final Pattern HEAD = Pattern.compile("\\s*+([\\w:]++)\\s*+(\\^?=)\\s*+\"");

    private static final Set<String> SEARCHABLE = Set.of(
            "username",
            "email",
            "phone_number",
            "name",
            "given_name",
            "family_name",
            "preferred_username",
            "cognito:user_status",
            "status",
            "sub");
    private static final Set<String> CASE_SENSITIVE = Set.of("username", "status", "sub");

    /** An empty text filters nothing, as with the service. */
    static Predicate<CognitoAccount> parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return any -> true;
        }
        if (text.length() > LONGEST) {
            throw CognitoFault.invalid("1 validation error detected: Value at 'filter' failed to satisfy constraint:"
                    + " Member must have length less than or equal to " + LONGEST);
        }
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            throw malformed();
        }
        String attribute = head.group(1);
        String value = unquoted(text, head.end());
        if (!SEARCHABLE.contains(attribute)) {
            throw CognitoFault.invalid("Cannot filter on attribute: " + attribute);
        }
        return new CognitoFilter(attribute, head.group(2).equals("^="), value);
    }

    /** The text up to the next double quote that no backslash takes away; only blanks may follow. */
    private static String unquoted(String text, int from) {
        StringBuilder value = new StringBuilder();
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at == text.length()) {
                throw malformed();
            }
            value.append(text.charAt(at));
            at++;
        }
        if (at == text.length() || !text.substring(at + 1).isBlank()) {
            throw malformed();
        }
        return value.toString();
    }

    private static CognitoFault malformed() {
        return CognitoFault.invalid("Error while parsing filter.");
    }

    @Override
    public boolean test(CognitoAccount account) {
        String actual = actual(account);
        if (actual == null) {
            return false;
        }
        String wanted = value;
        if (!CASE_SENSITIVE.contains(attribute)) {
            actual = actual.toLowerCase(Locale.ROOT);
            wanted = wanted.toLowerCase(Locale.ROOT);
        }
        return prefix ? actual.startsWith(wanted) : actual.equals(wanted);
    }

    private @Nullable String actual(CognitoAccount account) {
        return switch (attribute) {
            case "username" -> account.username();
            case "status" -> account.enabled() ? "Enabled" : "Disabled";
            case "cognito:user_status" -> account.status();
            default -> account.attribute(attribute);
        };
    }
}
