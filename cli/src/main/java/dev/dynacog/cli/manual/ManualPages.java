package dev.dynacog.cli.manual;

import dev.dynacog.cli.Dynacog;
import dev.dynacog.cli.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine;

/** Writes a page for each command into a folder. The build runs it: no page is written by hand, and none is forgotten. */
public final class ManualPages {
    private ManualPages() {}

    /** The folder, and the second that the build is dated by. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(args[1])), ZoneOffset.UTC);
        write(Dynacog.wholeTree(), folder, date.toString(), Version.number());
    }

    static void write(CommandLine command, Path folder, String date, String version) throws IOException {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return;
        }
        ManualPage page = new ManualPage(command);
        Files.writeString(folder.resolve(page.name() + ".1"), page.roff(date, version));
        for (CommandLine child : command.getSubcommands().values()) {
            write(child, folder, date, version);
        }
    }
}
