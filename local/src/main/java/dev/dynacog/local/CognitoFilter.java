package dev.dynacog.local;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filter of ListUsers: one attribute, {@code =} or {@code ^=}, and a text in double quotes. */
record CognitoFilter(String attribute, boolean prefix, String value) implements Predicate<CognitoAccount> {
    private static final Pattern FORM =
            Pattern.compile("\\s*([\\w:]+)\\s*(\\^?=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*", Pattern.DOTALL);
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
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw CognitoFault.invalid("Error while parsing filter.");
        }
        String attribute = found.group(1);
        if (!SEARCHABLE.contains(attribute)) {
            throw CognitoFault.invalid("Cannot filter on attribute: " + attribute);
        }
        return new CognitoFilter(
                attribute, found.group(2).equals("^="), found.group(3).replaceAll("(?s)\\\\(.)", "$1"));
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
