package dev.dynacog.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures dynacog's distribution against its rivals; {@code bench/run} starts it. */
public final class Bench {
    private static final int ROUNDS = 15;
    private static final int QUICK_ROUNDS = 3;

    private final Options options;
    private final Path root;
    private final Path archive;
    private final Consumer<String> progress;

    private Bench(Options options, Path root, Path archive, Consumer<String> progress) {
        this.options = options;
        this.root = root;
        this.archive = archive;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        // Numbers are written the same everywhere.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    private static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(Options.HELP);
                return 0;
            }
            Path root = Path.of(System.getProperty("bench.root", "."));
            Path archive = Path.of(System.getProperty("bench.archive", ""));
            if (!Files.isRegularFile(archive)) {
                throw new BenchException("there is no distribution to measure", "bench/run builds it");
            }
            Bench bench = new Bench(options, root, archive, progress(err));
            String markdown = bench.measure();
            Optional<Path> file = bench.file();
            if (file.isPresent()) {
                Files.createDirectories(file.get().toAbsolutePath().getParent());
                Files.writeString(file.get(), markdown);
            }
            if (options.quick() || !options.only().isEmpty()) {
                out.print(markdown);
            }
            return 0;
        } catch (BenchException e) {
            err.println("error  " + e.getMessage());
            if (!e.hint().isEmpty()) {
                err.println("hint   " + e.hint());
            }
            return 1;
        } catch (IOException e) {
            err.println("error  " + e);
            return 1;
        }
    }

    /** What is being measured, and since when this runs. */
    private static Consumer<String> progress(PrintStream err) {
        long begin = System.nanoTime();
        return line -> err.println("%4d s  %s".formatted((System.nanoTime() - begin) / 1_000_000_000, line));
    }

    /** A part of the results must not take the place of the whole. */
    private Optional<Path> file() {
        if (options.out().isPresent()) {
            return options.out();
        }
        if (!options.only().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(root.resolve(options.quick() ? "bench/target/RESULTS.md" : "bench/RESULTS.md"));
    }

    private String measure() throws IOException {
        Path folder = Files.createTempDirectory("dynacog-bench");
        try (AtTheEnd end = AtTheEnd.alsoOfTheProcess()) {
            end.then(() -> delete(folder));
            Processes processes = new Processes(folder, end);
            Installation installation = Installation.unpack(archive, folder, processes);
            List<Jdk> jdks = jdks();
            for (Jdk jdk : jdks) {
                progress.accept("start-up archive for Java " + jdk.version());
                installation.archiveFor(jdk);
            }
            Grounds grounds = new Grounds(
                    installation,
                    jdks,
                    Rivals.find(root.resolve("bench/python"), installation, processes),
                    new Race(processes, folder),
                    processes,
                    scale(),
                    folder,
                    end);
            Results results = new Results();
            head(grounds, results);
            for (Section section : sections(grounds)) {
                if (options.wants(section.name())) {
                    section.measure(results);
                }
            }
            return results.markdown();
        }
    }

    private List<Section> sections(Grounds grounds) {
        return List.of(
                new StartUp(grounds, progress),
                new StubWork(grounds, progress),
                new LocalWork(grounds, progress),
                new Growth(grounds, progress));
    }

    private List<Jdk> jdks() throws IOException {
        if (options.javaHomes().isEmpty()) {
            return options.quick() ? List.of(Jdk.own()) : Jdk.usual();
        }
        List<Jdk> jdks = new ArrayList<>();
        for (Path home : options.javaHomes()) {
            jdks.add(Jdk.at(home));
        }
        return jdks;
    }

    private Scale scale() {
        return options.quick()
                ? Scale.quick(options.rounds().orElse(QUICK_ROUNDS))
                : Scale.full(options.rounds().orElse(ROUNDS));
    }

    private void head(Grounds grounds, Results results) throws IOException {
        Machine machine = Machine.here();
        results.say("""
                Made by `bench/run`%s. All processes of a comparison run in turn, round by round, on one machine, and who
                begins changes with each round; that is why hyperfine, which measures one program after the other, is not
                used. A round before the first is not counted, and every candidate's output is held against the others'.
                Compare ratios, not absolutes. What is measured is the assembled distribution through `bin/dynacog`, with its
                start-up archive in use (`dynacog doctor` says so, or the run fails).""".formatted(options.quick() ? " (`--quick`: a smoke run, too little for conclusions)" : ""));
        results.list(List.of(
                "date: " + LocalDate.now(ZoneOffset.UTC),
                "machine: " + machine.processor() + ", " + machine.cores() + " cores, " + machine.memory(),
                "system: " + machine.system(),
                "dynacog " + Files.readString(grounds.installation().build()).strip() + ", on Java "
                        + grounds.jdks().stream().map(Jdk::version).collect(Collectors.joining(" and ")),
                "DynamoDB Local " + grounds.installation().dynamodbLocal(),
                "rivals: " + rivals(grounds)));
        grounds.rivals().missing().forEach(results::missing);
    }

    private static String rivals(Grounds grounds) throws IOException {
        List<String> versions = grounds.rivals().versions(grounds.processes());
        return versions.isEmpty() ? "none" : String.join(", ", versions);
    }

    /** As far as it can be: what a server that is just ending still writes is no reason to fail. */
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: " + folder + " cannot be deleted: " + e.getMessage());
        }
    }
}
