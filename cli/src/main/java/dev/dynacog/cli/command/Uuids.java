package dev.dynacog.cli.command;

import java.util.regex.Pattern;

/** Tells a uuid from a handle. */
final class Uuids {
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Uuids() {}

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }
}
