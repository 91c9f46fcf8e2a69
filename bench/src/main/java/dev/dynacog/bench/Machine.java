package dev.dynacog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the measuring was done on, without anything that names it. */
record Machine(String processor, int cores, String memory, String system) {
    static Machine here() throws IOException {
        String memory = field("/proc/meminfo", "MemTotal");
        return new Machine(
                field("/proc/cpuinfo", "model name").replaceAll("\\s+", " "),
                Runtime.getRuntime().availableProcessors(),
                memory.matches("\\d+ kB")
                        ? String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(memory.replace(" kB", "")) / 1048576.0)
                        : "unknown",
                distribution() + System.getProperty("os.name") + " " + kernel() + ", " + System.getProperty("os.arch"));
    }

    private static String field(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "unknown";
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String distribution() throws IOException {
        Path release = Path.of("/etc/os-release");
        if (!Files.isReadable(release)) {
            return "";
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", "") + ", ")
                .findFirst()
                .orElse("");
    }

    /** The number alone: what follows it can be a provider's own name for its build. */
    private static String kernel() {
        return System.getProperty("os.version", "").replaceAll("[^0-9.].*", "");
    }
}
