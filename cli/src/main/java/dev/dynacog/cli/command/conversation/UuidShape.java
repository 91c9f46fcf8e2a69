package dev.dynacog.cli.command.conversation;

import java.util.regex.Pattern;

/** Tells a uuid from a handle. */
final class UuidShape {
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UuidShape() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }
}
