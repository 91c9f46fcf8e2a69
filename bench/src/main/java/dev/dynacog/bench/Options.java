package dev.dynacog.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a run was asked for. */
record Options(
        boolean help, boolean quick, OptionalInt rounds, List<Path> javaHomes, List<String> only, Optional<Path> out) {

    static final String HELP = """
            Usage: bench/run [OPTIONS]

            Measures dynacog's distribution on this machine, side by side with the AWS CLI and boto3
            where they are installed (dynein too), and writes bench/RESULTS.md.

              --quick         three rounds and small sizes: a smoke run of at most two minutes; the
                              results go to bench/target/RESULTS.md and to standard output
              --rounds N      so many rounds of the small commands. Default: 15
              --java HOME     measure on this JDK; repeat it for more. Default: the java on the PATH
                              and the newest one found; with --quick the former alone
              --only SECTION  start-up, stub, local or growth; repeat it for more. The results go to
                              standard output
              --out FILE      write the results there
              --help          this text
            """;

    private static final String HINT = "bench/run --help lists the options";

    static Options parse(String... arguments) {
        boolean help = false;
        boolean quick = false;
        OptionalInt rounds = OptionalInt.empty();
        List<Path> javaHomes = new ArrayList<>();
        List<String> only = new ArrayList<>();
        Optional<Path> out = Optional.empty();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--quick" -> quick = true;
                case "--rounds" -> rounds = OptionalInt.of(number(option, value(option, rest)));
                case "--java" -> javaHomes.add(Path.of(value(option, rest)));
                case "--only" -> only.add(section(value(option, rest)));
                case "--out" -> out = Optional.of(Path.of(value(option, rest)));
                default -> throw new BenchException("unknown option '" + option + "'", HINT);
            }
        }
        return new Options(help, quick, rounds, List.copyOf(javaHomes), List.copyOf(only), out);
    }

    boolean wants(String section) {
        return only.isEmpty() || only.contains(section);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new BenchException(option + " needs a value", HINT);
        }
        return rest.remove();
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new BenchException(option + " must be a number from 1 to 9999, and not '" + value + "'", HINT);
        }
        return Integer.parseInt(value);
    }

    private static String section(String value) {
        if (!Section.NAMES.contains(value)) {
            throw new BenchException(
                    "there is no section '" + value + "'", "there are " + String.join(", ", Section.NAMES));
        }
        return value;
    }
}
