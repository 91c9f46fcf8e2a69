package dev.dynacog.seed;

import dev.dynacog.error.DynacogException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The fixtures that are shipped, and those of a user's own. */
public final class Fixtures {
    /** Who talks in the first of them, and whose conversations are listed when nobody is named. */
    public static final String FIRST_PERSON = "andrewbrown";

    private static final String ENDING = ".conversation";
    private static final String FOLDER = "/seed-data/conversations/";
    private static final List<String> SHIPPED = List.of("workshop", "lantern", "edge-cases");

    /** A fixture is a page that people read; what is longer would have to be held as a whole all the same. */
    private static final long LARGEST = 16L << 20;

    private Fixtures() {}

    /** Fixtures that were read, and all mistakes in them: with any, nothing may be written. */
    public record Read(List<Fixture> fixtures, List<String> mistakes) {}

    public static List<String> shippedNames() {
        return SHIPPED;
    }

    /** All that are shipped. */
    public static Read shipped() {
        return read(SHIPPED);
    }

    /** Files, or names of those that are shipped. */
    public static Read read(List<String> names) {
        List<Fixture> fixtures = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (String given : names) {
            FixtureReader.Result result = readOne(given);
            result.fixture().ifPresent(fixtures::add);
            mistakes.addAll(result.mistakes());
        }
        return new Read(fixtures, mistakes);
    }

    private static FixtureReader.Result readOne(String given) {
        Path file = Path.of(given);
        if (Files.isRegularFile(file)) {
            return readFile(file);
        }
        String name = withoutEnding(given);
        if (!SHIPPED.contains(name)) {
            throw new DynacogException.NotFound(
                    "there is no fixture " + given,
                    "a fixture is a file, or one of " + String.join(", ", SHIPPED) + ", which are shipped");
        }
        try (InputStream in =
                Objects.requireNonNull(Fixtures.class.getResourceAsStream(FOLDER + name + ENDING), name)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return FixtureReader.read(name + ENDING, name, lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FixtureReader.Result readFile(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new DynacogException.Usage(
                        file + " is larger than a fixture may be (" + (LARGEST >> 20) + " MiB)",
                        "seed --groups N --messages M makes a large population");
            }
            String name = withoutEnding(String.valueOf(file.getFileName()));
            return FixtureReader.read(file.toString(), name, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new DynacogException.Usage(file + " is not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            throw new DynacogException.Failed(file + " can't be read: " + e.getMessage(), "", e);
        }
    }

    private static String withoutEnding(String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
