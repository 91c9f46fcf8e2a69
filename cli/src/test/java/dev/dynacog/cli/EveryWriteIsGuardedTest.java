package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.Production;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Goes over the whole tree of commands: what can write is guarded in production, whoever adds it. A new command has to be
 * entered here.
 */
@ExtendWith(LocalServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryWriteIsGuardedTest {
    /** What only looks. */
    private static final Set<String> READS = Set.of(
            "list-conversations",
            "get-conversation",
            "stream follow",
            "list-tables",
            "describe",
            "scan",
            "cognito list-users",
            "doctor",
            "config show",
            "complete",
            "completion");

    /** What writes to this machine alone, whatever the environment. */
    private static final Set<String> THIS_MACHINE =
            Set.of("local up", "local down", "local status", "local env", "local run", "local logs", "config trust");

    private static final List<Write> WRITES = List.of(
            write("schema-load --table other", "other").afterALook(),
            write("schema-load --apply --on-demand", Production.TABLE),
            write("drop " + Production.TABLE, Production.TABLE),
            write("drop --unprotect " + Production.TABLE, Production.TABLE),
            write("seed lantern", Production.TABLE),
            write("seed workshop --restart", Production.TABLE),
            write("seed --groups 2 --messages 2", Production.TABLE),
            write("send-message --from bayko --to londo hi", Production.TABLE),
            write("send-message --from bayko --group " + Production.GROUP + " hi", Production.TABLE),
            write("stream project --once --rebuild --checkpoint DIR/checkpoint", Production.TABLE),
            write("db create", "ABSENT").withoutDatabase(),
            write("db drop --force", "DATABASE"),
            write("db schema-load DIR/more.sql", "DATABASE"),
            write("db seed DIR/more.sql", "DATABASE"),
            write("db migrate --dir DIR/migrations", "DATABASE"),
            write("db migrate --dir DIR/migrations --mark-run 20990101", "DATABASE"),
            write("db rollback", "DATABASE"),
            write("db sessions --kill PID", "DATABASE"),
            write("db connect -- -q -c create/**/table/**/public.more(a/**/int)", "DATABASE"),
            write("db setup --force", "DATABASE", Production.TABLE),
            write("update-cognito-user-ids --force", "DATABASE"));

    /**
     * A call that writes.
     *
     * @param call its arguments; words in capitals are known when it is made
     * @param looks whether it has to ask before it knows that it will write
     */
    private record Write(String call, List<String> confirm, boolean looks, boolean hasDatabase) {
        Write afterALook() {
            return new Write(call, confirm, true, hasDatabase);
        }

        Write withoutDatabase() {
            return new Write(call, confirm, looks, false);
        }

        String command() {
            return leaves().filter(name -> (call + " ").startsWith(name + " "))
                    .findAny()
                    .orElse("");
        }

        @Override
        public String toString() {
            return call;
        }
    }

    private static Write write(String call, String... confirm) {
        return new Write(call, List.of(confirm), false, true);
    }

    static List<Write> writes() {
        return WRITES;
    }

    private static Stream<String> leaves() {
        return leaves("", Dynacog.wholeTree()).map(leaf -> leaf.name);
    }

    private record Leaf(String name, CommandLine command) {}

    private static Stream<Leaf> leaves(String path, CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(new Leaf(path, command))
                : command.getSubcommands().entrySet().stream()
                        .flatMap(child -> leaves((path + " " + child.getKey()).strip(), child.getValue()));
    }

    private final LocalServers servers;
    /** Serves all tests that leave it as it is. */
    private @Nullable Production untouched;

    EveryWriteIsGuardedTest(LocalServers servers) {
        this.servers = servers;
    }

    @AfterAll
    void close() throws Exception {
        forget();
    }

    private void forget() throws Exception {
        if (untouched != null) {
            untouched.close();
            untouched = null;
        }
    }

    private interface Look {
        void at(Production production) throws Exception;
    }

    /** Runs what must write nothing. Who did write leaves nothing behind for the next. */
    private void unwritten(Look look) throws Exception {
        Production production = untouched == null ? new Production(servers) : untouched;
        untouched = production;
        boolean held = false;
        try {
            production.watch();
            List<String> before = production.postgres();
            look.at(production);
            assertThat(production.awsWrites()).isEmpty();
            assertThat(production.postgres()).isEqualTo(before);
            held = true;
        } finally {
            if (!held) {
                forget();
            }
        }
    }

    private static Run run(Production production, Cli cli, Write write, Path folder, List<String> confirmed)
            throws Exception {
        List<String> options =
                confirmed.stream().flatMap(name -> Stream.of("--confirm", name)).toList();
        return runWith(production, cli, write, folder, options);
    }

    private static Run runWith(Production production, Cli cli, Write write, Path folder, List<String> options)
            throws Exception {
        assumeThat(!write.command().equals("db connect") || hasPsql())
                .as("psql is on this machine")
                .isTrue();
        Files.writeString(
                folder.resolve("more.sql"), "create table public.more (a int);\ninsert into more values (1);\n");
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(
                migrations.resolve("20990101_more.sql"),
                "-- up\ncreate table public.more (a int);\n-- down\ndrop table more;\n");
        UnaryOperator<String> known = word -> word.replace("DIR", folder.toString())
                .replace("PID", String.valueOf(production.appPid()))
                .replace("ABSENT", production.absentName())
                .replace("DATABASE", production.databaseName());
        List<String> arguments = new ArrayList<>(List.of("--env", "prod"));
        Arrays.stream(write.call.split(" ", -1)).map(known).forEach(arguments::add);
        // What comes behind -- is psql's.
        int behindTheName = 2 + write.command().split(" ", -1).length;
        arguments.addAll(behindTheName, options.stream().map(known).toList());
        return production.reach(cli, write.hasDatabase).run(arguments.toArray(String[]::new));
    }

    private static boolean hasPsql() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "psql")));
    }

    @Test
    void everyCommandIsSaidToReadOrToWrite() {
        Set<String> entered = new TreeSet<>(READS);
        entered.addAll(THIS_MACHINE);
        WRITES.forEach(write -> entered.add(write.command()));
        assertThat(leaves()).containsExactlyInAnyOrderElementsOf(entered);
    }

    @Test
    void everyCommandThatWritesCanBeConfirmedAndNoOther() {
        Set<String> confirmable = leaves("", Dynacog.wholeTree())
                .filter(leaf -> leaf.command.getCommandSpec().findOption("--confirm") != null)
                .map(leaf -> leaf.name)
                .collect(Collectors.toSet());
        assertThat(confirmable).isEqualTo(WRITES.stream().map(Write::command).collect(Collectors.toSet()));
    }

    /** These options are those that the one way to write asks for, as ArchitectureTest holds. */
    @Test
    void everyCommandThatWritesGoesTheOneWay() {
        Set<String> going = leaves("", Dynacog.wholeTree())
                .filter(leaf -> leaf.command.getCommandSpec().mixins().values().stream()
                        .anyMatch(mixin -> mixin.userObject() instanceof GuardOptions))
                .map(leaf -> leaf.name)
                .collect(Collectors.toSet());
        Set<String> writing = dryWrites().map(Write::command).collect(Collectors.toSet());
        assertThat(going).isEqualTo(writing);
    }

    /** All but psql, of which nobody knows what it would do. */
    static Stream<Write> dryWrites() {
        return WRITES.stream().filter(write -> !write.command().equals("db connect"));
    }

    @ParameterizedTest
    @MethodSource("dryWrites")
    void aDryRunIsNeitherConfirmedNorWritten(Write write, @TempDir Path folder) throws Exception {
        unwritten(production -> {
            Run run = runWith(production, Cli.inPipe(), write, folder, List.of("--dry-run"));
            assertThat(run.err()).doesNotContain("error").doesNotContain("is guarded");
            // A table that differs is told by its exit code.
            assertThat(run.exit()).isIn(ExitCode.DONE, ExitCode.DIFFERENCES);
            assertThat(run.out() + run.err()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("writes")
    void withoutAConfirmationProductionIsNotWrittenTo(Write write, @TempDir Path folder) throws Exception {
        unwritten(production -> {
            Run run = run(production, Cli.inPipe(), write, folder, List.of());
            assertThat(run.err()).contains("environment prod is guarded");
            assertThat(run.exit()).isEqualTo(2);
            if (!write.looks) {
                assertThat(production.operations()).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("writes")
    void atATerminalAWrongNameWritesNothing(Write write, @TempDir Path folder) throws Exception {
        unwritten(production -> {
            Run run = run(production, Cli.inPipe().atTerminal(100, "wrong\n"), write, folder, List.of());
            assertThat(run.err()).contains("'wrong' is not ").contains("nothing was changed");
            assertThat(run.exit()).isEqualTo(2);
        });
    }

    /** Else the two above would hold for arguments that write nothing anyway. */
    @ParameterizedTest
    @MethodSource("writes")
    void withTheConfirmationItIsWrittenTo(Write write, @TempDir Path folder) throws Exception {
        try (Production production = new Production(servers)) {
            List<String> before = production.postgres();
            Run run = run(production, Cli.inPipe(), write, folder, write.confirm);
            assertThat(run.err()).doesNotContain("error");
            assertThat(run.exit()).isZero();
            assertThat(production.awsWrites().isEmpty() && production.postgres().equals(before))
                    .as("nothing was written")
                    .isFalse();
        }
    }
}
