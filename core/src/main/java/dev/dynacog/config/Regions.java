package dev.dynacog.config;

import java.util.regex.Pattern;

/** What an AWS region can be called. */
public final class Regions {
    /** One label of a host's name, which is where the region goes: with a dot or a slash it would be another host. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final Pattern OF_AWS = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    private Regions() {}

    /** Whether it can be one at all: DynamoDB Local takes any name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether it looks like one of AWS's, of which there are new ones every year. */
    public static boolean looksLikeAws(String name) {
        return OF_AWS.matcher(name).matches();
    }
}
