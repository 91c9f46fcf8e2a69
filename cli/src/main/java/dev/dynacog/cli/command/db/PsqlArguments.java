package dev.dynacog.cli.command.db;

import dev.dynacog.error.DynacogException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What somebody adds to psql's command line. Where psql connects is settled by then, so arguments that say it again are
 * refused.
 *
 * @param scripted whether psql is to run something by itself, without a person who types it
 */
record PsqlArguments(List<String> all, boolean scripted) {
    private static final Set<String> SCRIPTS = Set.of("command", "file");
    private static final Set<String> PLACES = Set.of("dbname", "host", "port", "username");
    private static final Set<String> WITH_VALUE = Set.of(
            "command",
            "dbname",
            "field-separator",
            "file",
            "host",
            "log-file",
            "output",
            "port",
            "pset",
            "record-separator",
            "set",
            "table-attr",
            "username",
            "variable");

    private static final String SHORT_SCRIPTS = "cf";
    private static final String SHORT_PLACES = "dhpU";
    private static final String SHORT_WITH_VALUE = "cdfFhLopPRTUv";

    static PsqlArguments of(List<String> arguments) {
        boolean scripted = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            if (argument.startsWith("--") && argument.length() > 2) {
                scripted |= readLong(argument, rest);
            } else if (argument.startsWith("-") && argument.length() > 1 && !argument.equals("--")) {
                scripted |= readShort(argument, rest);
            } else {
                throw elsewhere(argument);
            }
        }
        return new PsqlArguments(List.copyOf(arguments), scripted);
    }

    /** psql takes the beginning of an option for the option. */
    private static boolean readLong(String argument, Deque<String> rest) {
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (isAnyOf(PLACES, name)) {
            throw elsewhere(argument);
        }
        if (equals < 0 && isAnyOf(WITH_VALUE, name)) {
            rest.poll();
        }
        return isAnyOf(SCRIPTS, name);
    }

    private static boolean isAnyOf(Set<String> options, String beginning) {
        return options.stream().anyMatch(option -> option.startsWith(beginning));
    }

    /** Several letters may stand behind one dash, and the last of them may have its value there too. */
    private static boolean readShort(String argument, Deque<String> rest) {
        for (int i = 1; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            if (SHORT_PLACES.indexOf(letter) >= 0) {
                throw elsewhere(argument);
            }
            if (SHORT_WITH_VALUE.indexOf(letter) >= 0) {
                if (i == argument.length() - 1) {
                    rest.poll();
                }
                return SHORT_SCRIPTS.indexOf(letter) >= 0;
            }
        }
        return false;
    }

    private static DynacogException elsewhere(String argument) {
        return new DynacogException.Usage(
                "psql's argument '" + argument + "' names a database, but the environment sets it",
                "choose another with --env NAME, and remove the argument");
    }
}
