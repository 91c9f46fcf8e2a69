package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The local stack as a developer and a CI job have it: through the launcher, with processes that live and die. */
@Execution(ExecutionMode.CONCURRENT)
class LocalStackIT {
    private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");
    private static final String[] ANYWHERE = {
        "local", "up", "--port-dynamodb", "0", "--port-postgres", "0", "--port-cognito", "0"
    };

    @TempDir
    static Path shared;

    private static Distribution distribution;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        distribution = Distribution.unpack(shared.resolve("installed"));
    }

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
    }

    @AfterEach
    void endWhatIsUp() {
        dynacog("local", "down").run();
    }

    private Run dynacog(String... arguments) {
        return Run.of(folder, distribution.launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", folder.toString())
                // Postgres is unpacked there once for all tests.
                .with("XDG_CACHE_HOME", shared.resolve("cache").toString())
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("tmp"))
                .args(arguments);
    }

    private static void ok(Run.Result result) {
        assertThat(result.exit()).describedAs(result.err() + result.out()).isZero();
    }

    private static long pid(String record) {
        Matcher pid = PID.matcher(record);
        assertThat(pid.find()).isTrue();
        return Long.parseLong(pid.group(1));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void upIsFoundByEveryCommandUntilDown() {
        Run.Result up = dynacog(ANYWHERE).args("--in-memory", "--seed").run();
        ok(up);
        assertThat(up.out()).contains("\"found\":false", "\"AWS_ENDPOINT_URL_DYNAMODB\":\"http://localhost:");
        assertThat(dynacog("list-tables", "--names").run().out()).isEqualTo("{\"name\":\"cruddur-messages\"}\n");
        assertThat(dynacog("config", "show").run().out()).contains("the running local stack");
        assertThat(dynacog("local", "env").run().out())
                .contains("export AWS_ENDPOINT_URL_DYNAMODB=http://localhost:", "export CONNECTION_URL=postgresql://");
        Run.Result again = dynacog("local", "up").run();
        ok(again);
        assertThat(again.out()).contains("\"found\":true");
        assertThat(pid(again.out())).isEqualTo(pid(up.out()));
        ok(dynacog("local", "status").run());
        assertThat(dynacog("local", "logs").run().exit()).isZero();

        ok(dynacog("local", "down").run());
        assertThat(isAlive(pid(up.out()))).isFalse();
        assertThat(dynacog("local", "status").run().exit()).isEqualTo(3);
        assertThat(dynacog("local", "down").run().out()).contains("\"ended\":false");
    }

    @Test
    void dataIsKeptUntilItIsWiped() {
        ok(dynacog(ANYWHERE).args("--seed").run());
        ok(dynacog("local", "down").run());
        ok(dynacog(ANYWHERE).run());
        assertThat(dynacog("list-tables", "--names").run().out()).contains("cruddur-messages");
        ok(dynacog("local", "down", "--wipe").run());
        ok(dynacog(ANYWHERE).run());
        assertThat(dynacog("list-tables", "--names").run().out()).isEmpty();
    }

    @Test
    void aStackThatWasKilledBlocksNothing() {
        Run.Result first = dynacog(ANYWHERE).run();
        ok(first);
        ProcessHandle.of(pid(first.out())).orElseThrow().destroyForcibly();
        Run.until("the stack is dead", () -> !isAlive(pid(first.out())));
        assertThat(dynacog("local", "status").run().exit()).isEqualTo(3);
        Run.Result second = dynacog(ANYWHERE).run();
        ok(second);
        assertThat(pid(second.out())).isNotEqualTo(pid(first.out()));
        ok(dynacog("list-tables").run());
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsAnError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Run.Result up = dynacog("local", "up", "--in-memory", "--port-dynamodb", port, "--port-postgres", "0")
                    .run();
            assertThat(up.exit()).isEqualTo(2);
            assertThat(up.err()).contains("error  ").contains(port).contains("hint");
        }
        assertThat(dynacog("local", "status").run().exit()).isEqualTo(3);
    }

    @Test
    @SuppressWarnings("try") // the socket only has to be open
    void aDefaultPortThatIsTakenIsPassedOverAndNamed() throws IOException {
        try (ServerSocket taken = holdOrKnowHeld(8000)) {
            Run.Result up = dynacog("local", "up", "--in-memory", "--port-postgres", "0")
                    .run();
            ok(up);
            assertThat(up.err()).contains("note").contains("8000");
            assertThat(up.out()).doesNotContain("localhost:8000");
            ok(dynacog("list-tables").run());
        }
    }

    /** Whoever holds the port: it is taken. */
    private static ServerSocket holdOrKnowHeld(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException somebodyElseHoldsIt) {
            return new ServerSocket();
        }
    }

    private Run localRun(String script) {
        return dynacog("local", "run", "--", "sh", "-c", script);
    }

    @Test
    void localRunPassesOnTheExitCodeAndLeavesNothing() throws IOException {
        Run.Result run =
                localRun("echo \"$CONNECTION_URL\"; echo oops >&2; exit 7").run();
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.out()).startsWith("postgresql://postgres:password@localhost:");
        assertThat(run.err()).contains("oops");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        Run.until(
                "no process with this folder in its command line",
                () -> ProcessHandle.allProcesses()
                        .map(handle -> handle.info().commandLine().orElse(""))
                        .noneMatch(line -> line.contains(folder + "/tmp/dynacog-run-")));
        try (var left = Files.list(folder.resolve("tmp"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("dynacog-run-")))
                    .isEmpty();
        }
    }

    @Test
    void localRunLeadsEveryToolToItsStackAndNoneElsewhere() {
        Run.Result run = localRun("env")
                .with("AWS_ENDPOINT_URL", "http://elsewhere:1")
                .with("AWS_PROFILE", "production")
                .with("AWS_SESSION_TOKEN", "real")
                .with("AWS_ACCESS_KEY_ID", "real")
                .with("DYNACOG_ENV", "local")
                .with("LC_ALL", "C")
                .run();
        ok(run);
        List<String> env = run.out().lines().toList();
        assertThat(env)
                .anyMatch(line -> line.startsWith("AWS_ENDPOINT_URL_DYNAMODB=http://localhost:"))
                .anyMatch(line -> line.startsWith("AWS_ENDPOINT_URL_DYNAMODB_STREAMS=http://localhost:"))
                .contains("AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1", "LC_ALL=C")
                .noneMatch(line -> line.startsWith("AWS_ENDPOINT_URL="))
                .noneMatch(line -> line.startsWith("AWS_PROFILE="))
                .noneMatch(line -> line.startsWith("AWS_SESSION_TOKEN="))
                .noneMatch(line -> line.contains("=real"));
    }

    @Test
    void twoLocalRunsAtATimeDontDisturbEachOther() {
        String script = "\"" + "$0\" schema-load && \"$0\" list-tables --names";
        Run one = dynacog(
                "local",
                "run",
                "--",
                "sh",
                "-c",
                script,
                distribution.launcher().toString());
        Run.Running first = one.start();
        Run.Running second = one.start();
        for (Run.Running running : List.of(first, second)) {
            Run.Result result = running.await();
            ok(result);
            assertThat(result.out()).contains("\"action\":\"created\"").endsWith("{\"name\":\"cruddur-messages\"}\n");
        }
    }

    @Test
    void localRunThatIsTerminatedTakesEverythingWithIt() throws IOException {
        Run.Running running = localRun("echo started; sleep 1000 & wait").start();
        Run.until("the command runs", () -> Run.text(running.out()).contains("started"));
        running.process().destroy();
        assertThat(running.await().exit()).isEqualTo(143);
        assertNothingIsLeft();
    }

    @Test
    void localRunThatIsKilledTakesItsServersWithIt() {
        Run.Running running = localRun("echo started; sleep 1000 & wait").start();
        Run.until("the command runs", () -> Run.text(running.out()).contains("started"));
        List<ProcessHandle> all = running.process().descendants().toList();
        running.process().destroyForcibly();
        running.await();
        Run.until(
                "the servers are gone",
                () -> all.stream()
                        .filter(handle -> handle.info().commandLine().orElse("").contains("StackMain"))
                        .noneMatch(ProcessHandle::isAlive));
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-command, 127, command not found: no-such-command",
        "./no-such-file, 127, command not found: ./no-such-file",
        "./plain, 126, not executable: ./plain",
        "/, 126, not executable: /",
        "plain, 126, not executable: ",
    })
    void aCommandThatCannotBeRunIsToldAsAShellWould(String command, int exit, String message) throws IOException {
        Files.writeString(folder.resolve("plain"), "echo\n");

        Run.Result run = dynacog("local", "run", "--", command)
                .with("PATH", folder + ":" + System.getenv("PATH"))
                .run();

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).contains("error  " + message).doesNotContain("stack");
    }

    @Test
    void localRunFindsItsCommandByTheCallersOwnPath() throws IOException {
        FakeJdk.script(Files.createDirectories(folder.resolve("tools")).resolve("mine"), "#!/bin/sh\necho \"$PATH\"\n");
        String path = "tools:" + System.getenv("PATH");

        Run.Result run =
                dynacog("local", "run", "--", "mine").with("PATH", path).run();

        assertThat(run.out()).isEqualTo(path + "\n");
    }

    /** A child of a child in a session of its own, which no parent links to the command any more. */
    private static final String DAEMON =
            "(setsid sh -c 'echo $$ >daemon.new; mv daemon.new daemon; exec sleep 600' >/dev/null 2>&1 &);"
                    + " until [ -e daemon ]; do sleep 0.02; done; ";

    @Test
    void localRunEndsTheDaemonsThatItsCommandLeaves() throws IOException {
        ok(localRun(DAEMON).run());

        assertThat(isAlive(Long.parseLong(Run.text(folder.resolve("daemon")).strip())))
                .isFalse();
    }

    @Test
    void localRunThatIsTerminatedEndsTheDaemonsOfItsCommand() {
        Run.Running running = localRun(DAEMON + "echo started; sleep 1000").start();
        Run.until("the command runs", () -> Run.text(running.out()).contains("started"));
        running.process().destroy();
        running.await();

        assertThat(isAlive(Long.parseLong(Run.text(folder.resolve("daemon")).strip())))
                .isFalse();
    }

    /** It is started to stay, wherever that is: its environment doesn't carry the mark of what ends here. */
    @Test
    void aStackThatIsStartedToStayOutlivesTheLocalRunAroundIt() {
        Run.Result run = localRun(
                        "\"$LAUNCHER\" local up --in-memory --port-dynamodb 0 --port-postgres 0 --port-cognito 0")
                .with("LAUNCHER", distribution.launcher().toString())
                .run();

        ok(run);
        assertThat(isAlive(pid(run.out()))).isTrue();
        Run.Result status = dynacog("local", "status").run();
        ok(status);
        assertThat(pid(status.out())).isEqualTo(pid(run.out()));
    }

    private static final Pattern ADDRESS =
            Pattern.compile("\"CONNECTION_URL\":\"(postgresql://postgres:)([^@]+)(@[^\"]+)\"");

    private static final Pattern POSTGRES_PORT = Pattern.compile("postgresql://[^@]+@localhost:(\\d+)/");

    private static Matcher address(Run.Result up) {
        ok(up);
        Matcher address = ADDRESS.matcher(up.out());
        assertThat(address.find()).describedAs(up.out()).isTrue();
        return address;
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "random"})
    void aPasswordOfOnesOwnIsTheOnlyOneAndStaysWithTheData(String given) {
        Run up = dynacog(ANYWHERE);
        Matcher first = address(up.args("--password", given).run());
        assertThat(first.group(2).equals("s3cret")).isEqualTo(given.equals("s3cret"));
        assertThat(first.group(2)).isNotIn("password", "random");
        ok(dynacog("db", "create").run());
        assertOldPasswordIsRefused(first);

        ok(dynacog("local", "down").run());
        Matcher second = address(up.run());

        assertThat(second.group(2)).isEqualTo(first.group(2));
        ok(dynacog("db", "sessions").run());
        assertOldPasswordIsRefused(second);
    }

    private void assertOldPasswordIsRefused(Matcher address) {
        Run.Result old = dynacog("db", "sessions")
                .with("CONNECTION_URL", address.group(1) + "password" + address.group(3))
                .run();
        assertThat(old.err()).doesNotContain(address.group(2));
        assertThat(old.exit()).describedAs(old.err()).isEqualTo(4);
    }

    @Test
    void allOfRootsServersRunAsNobodyForGood() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Run.Result up = dynacog(ANYWHERE).run();
        ok(up);
        ProcessHandle jvm = ProcessHandle.of(pid(up.out())).orElseThrow();
        Matcher port = POSTGRES_PORT.matcher(up.out());
        assertThat(port.find()).isTrue();
        // In a session of its own, and nobody's child.
        ProcessHandle postgres = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(" port=" + port.group(1) + " "))
                .findAny()
                .orElseThrow();

        List<String> servers = Stream.of(jvm, postgres)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(process -> Run.text(Path.of("/proc/" + process.pid() + "/status")))
                .filter(status -> !status.isEmpty())
                .toList();

        assertThat(servers)
                .anyMatch(status -> status.startsWith("Name:\tjava\n"))
                .anyMatch(status -> status.startsWith("Name:\tpostgres\n"))
                .allSatisfy(status -> assertThat(status.lines())
                        .contains(
                                "Uid:\t65534\t65534\t65534\t65534",
                                "Gid:\t65534\t65534\t65534\t65534",
                                "CapPrm:\t0000000000000000",
                                "CapEff:\t0000000000000000",
                                "CapBnd:\t0000000000000000",
                                "NoNewPrivs:\t1"));
    }

    @Test
    void whereRootsRightsCantBeDroppedNoServerIsStarted() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");

        Run.Result up = dynacog(ANYWHERE).with("PATH", "/nowhere").run();

        assertThat(up.err())
                .contains("error  the local servers don't run as root, and setpriv, which drops root's rights, doesn't")
                .contains("hint   install util-linux, or run dynacog as another user");
        assertThat(up.exit()).isEqualTo(1);
        assertThat(dynacog("local", "status").run().exit()).isEqualTo(3);
    }

    @Test
    void whoIsntRootHasAStackOfTheirOwn() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", 65534);
        for (Path passable : List.of(shared, shared.resolve("installed"), folder)) {
            Files.setPosixFilePermissions(passable, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Run user = Run.of(home, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                .args(distribution.launcher().toString())
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("DYNACOG_ARCHIVE", "off")
                .with("HOME", home.toString());
        try {
            Run.Result up = user.args(ANYWHERE).run();
            ok(up);
            assertThat(Run.text(Path.of("/proc/" + pid(up.out()) + "/status"))).contains("Uid:\t65534\t");
            ok(user.args("schema-load").run());
            ok(user.args("db", "setup").run());
            ok(user.args("seed").run());
            assertThat(user.args("list-tables", "--names").run().out()).isEqualTo("{\"name\":\"cruddur-messages\"}\n");
            assertThat(home.resolve(".local/share/dynacog")).isDirectory();
        } finally {
            ok(user.args("local", "down").run());
        }
    }

    /** Docker gives such a home to a user whom the image doesn't know. */
    @Test
    void withoutAHomeEachFolderThatIsNeededIsToldWithItsVariable() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.setAttribute(own, "unix:uid", 65534);
        for (Path passable : List.of(shared, shared.resolve("installed"), folder)) {
            Files.setPosixFilePermissions(passable, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Run up = Run.of(Path.of("/"), "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                .args(distribution.launcher().toString())
                .args(ANYWHERE)
                .with("DYNACOG_JAVA", System.getProperty("java.home"))
                .with("HOME", "/");

        try (NoexecFolder noexec = NoexecFolder.mount(folder.resolve("noexec"))) {
            for (String variable : List.of("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")) {
                Run.Result refused = up.run();
                assertThat(refused.exit()).isEqualTo(1);
                assertThat(refused.err())
                        .contains("cannot write to the ", "folder: /.", "permission denied", "set " + variable + " to");
                up = up.with(variable, own.toString());
            }
            Run.Result refused =
                    up.with("XDG_CACHE_HOME", noexec.folder().toString()).run();
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("noexec", "set XDG_CACHE_HOME to");
            // What is unpacked at each start finds a place that works by itself.
            up = up.with("XDG_STATE_HOME", noexec.folder().toString());
            Run.Result works = up.run();
            ok(works);
            assertThat(own.resolve("dynacog")).isDirectoryContaining("glob:**/native-*");
            ProcessHandle stack = ProcessHandle.of(pid(works.out())).orElseThrow();
            stack.destroy();
            Run.until("the stack has ended", () -> !stack.isAlive());
            assertThat(own.resolve("dynacog")).isDirectoryNotContaining("glob:**/native-*");
        }
    }

    @Test
    void withClosedInputItsCommandReadsNothing() {
        Run.Result run = dynacog()
                .calling(
                        "sh",
                        "-c",
                        "\"$0\" local run -- cat <&-",
                        distribution.launcher().toString())
                .run();

        ok(run);
        assertThat(run.out()).isEmpty();
    }
}
