package dev.dynacog.seed;

import dev.dynacog.error.DynacogException;
import dev.dynacog.files.PlainFile;
import dev.dynacog.files.PrivateFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The fixtures that are shipped, and those of a user's own. */
public final class Fixtures {
    /** Who talks in the first of them, and whose conversations are listed when nobody is named. */
    public static final String FIRST_PERSON = "andrewbrown";

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
        return new Read(
                SHIPPED.stream()
                        .flatMap(name -> readShipped(name).fixture().stream())
                        .toList(),
                SHIPPED.stream()
                        .flatMap(name -> readShipped(name).mistakes().stream())
                        .toList());
    }

    /** Files, folders with all the files in them, or names of those that are shipped. */
    public static Read read(List<String> names) {
        List<Fixture> fixtures = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (String given : names) {
            for (FixtureReader.Result result : readAll(given)) {
                result.fixture().ifPresent(fixtures::add);
                mistakes.addAll(result.mistakes());
            }
        }
        return new Read(fixtures, mistakes);
    }

    private static List<FixtureReader.Result> readAll(String given) {
        Optional<Path> file = path(given);
        if (file.filter(Files::isRegularFile).isPresent()) {
            return List.of(readFile(file.get()));
        }
        String name = Origin.withoutEnding(given);
        if (SHIPPED.contains(name)) {
            return List.of(readShipped(name));
        }
        if (file.filter(Files::isDirectory).isPresent()) {
            return FixtureFolder.files(file.get()).stream()
                    .map(Fixtures::readFile)
                    .toList();
        }
        file.ifPresent(PlainFile::require);
        throw new DynacogException.NotFound(
                "there is no fixture " + given,
                "pass a file, a folder, or one of " + String.join(", ", SHIPPED) + ", which are shipped");
    }

    private static Optional<Path> path(String given) {
        try {
            return Optional.of(Path.of(given));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static FixtureReader.Result readShipped(String name) {
        try (InputStream in =
                Objects.requireNonNull(Fixtures.class.getResourceAsStream(FOLDER + name + Origin.ENDING), name)) {
            return FixtureReader.read(
                    Origin.ofShipped(name),
                    true,
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FixtureReader.Result readFile(Path file) {
        try (InputStream in = PlainFile.open(file)) {
            if (Files.size(file) > LARGEST) {
                throw tooLarge(file);
            }
            // It may have grown since.
            byte[] bytes = in.readNBytes((int) LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw tooLarge(file);
            }
            Origin origin = Origin.ofFile(file);
            InputStreamReader text =
                    new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
            return FixtureReader.read(origin, SHIPPED.contains(origin.name()), new BufferedReader(text));
        } catch (CharacterCodingException e) {
            throw new DynacogException.Usage(file + " is not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            throw new DynacogException.Failed(file + " cannot be read: " + PrivateFile.reason(e), "", e);
        }
    }

    private static DynacogException.Usage tooLarge(Path file) {
        return new DynacogException.Usage(
                file + " is larger than the maximum fixture size (" + (LARGEST >> 20) + " MiB)",
                "seed --groups N --messages M makes a large population");
    }
}
