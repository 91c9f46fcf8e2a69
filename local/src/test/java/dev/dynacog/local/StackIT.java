package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Execution(ExecutionMode.CONCURRENT)
class StackIT {
    private final Path temporary;
    private final Path base;

    StackIT(@TempDir Path temporary) {
        this.temporary = temporary;
        this.base = TestFolders.base(temporary);
    }

    @Test
    void saysItIsReadyWhenAllServersAnswer() throws IOException {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            Properties state = stack.state();
            assertThat(state.stringPropertyNames())
                    .containsExactlyInAnyOrder(
                            "status",
                            "pid",
                            "user",
                            "started",
                            "dynamodb.endpoint",
                            "dynamodb.millis",
                            "postgres.url",
                            "postgres.millis",
                            "cognito.endpoint",
                            "cognito.pool",
                            "cognito.file",
                            "cognito.millis");
            assertThat(state.getProperty("dynamodb.endpoint")).matches("http://localhost:\\d+");
            assertThat(state.getProperty("postgres.url"))
                    .matches("postgresql://postgres:password@localhost:\\d+/cruddur");
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(state.getProperty("pid"))).orElseThrow();
            assertThat(process.info().startInstant()).contains(Instant.parse(state.getProperty("started")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.stateFile())))
                    .isEqualTo("rw-------");

            try (DynamoDbClient client = Dynamo.client(stack.dynamo())) {
                assertThat(client.listTables().tableNames()).isEmpty();
            }
            assertThat(Sql.ask(stack.postgres(), "select uuid_generate_v4()::text"))
                    .hasSize(36);
        }
    }

    @Test
    void aSecondStackOnTheSameStateFolderIsRefusedAndTheFirstGoesOn() throws IOException {
        try (StackProcess first = StackProcess.inMemory(base).ready()) {
            String state = Files.readString(first.stateFile());

            try (StackProcess second = StackProcess.inMemory(base)) {
                assertThat(second.exitCode()).isEqualTo(3);
                assertThat(second.log())
                        .contains("error: a local stack is already running")
                        .doesNotContain("\tat ");
            }

            assertThat(Files.readString(first.stateFile())).isEqualTo(state);
            assertThat(Sql.ask(first.postgres(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void twoStacksAtATimeDoNotDisturbEachOther() {
        Path other = TestFolders.base(temporary.resolve("other"));
        try (StackProcess one = StackProcess.inMemory(base);
                StackProcess two = StackProcess.inMemory(other)) {
            one.ready();
            two.ready();
            Sql.run(one.postgres(), "create table mine (id int)");
            assertThat(Sql.ask(two.postgres(), "select count(*) from pg_tables where tablename = 'mine'"))
                    .isEqualTo("0");
            two.kill();
            assertThat(Sql.ask(one.postgres(), "select count(*) from mine")).isEqualTo("0");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void listensOnLoopbackOnly() throws IOException {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            List<InetAddress> addresses = Stream.of(stack.dynamo(), URI.create(stack.postgres()))
                    .flatMap(endpoint -> listeners(endpoint.getPort()).stream())
                    .toList();
            assertThat(addresses).hasSize(2).allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @Test
    void terminationStopsEverythingAndLeavesNothing() {
        try (StackProcess stack = StackProcess.inMemory(base).ready()) {
            Path cluster = stack.scratchCluster();
            Postmaster postmaster = stack.postmaster(cluster);

            assertThat(stack.terminate()).isIn(0, 143);

            Eventually.until("Postgres has ended", () -> StackProcess.hasEnded(postmaster.process()));
            assertThat(cluster.getParent()).doesNotExist();
            assertThat(stack.stateFile()).doesNotExist();
        }
    }

    @Test
    void theEndOfStandardInputIsTheEndOfAStackThatFollowsIt() {
        try (StackProcess stack = StackProcess.inMemory(base, "--follow-stdin").ready()) {
            Path cluster = stack.scratchCluster();
            Postmaster postmaster = stack.postmaster(cluster);

            stack.closeStdin();

            assertThat(stack.exitCode()).isZero();
            Eventually.until("Postgres has ended", () -> StackProcess.hasEnded(postmaster.process()));
            assertThat(cluster.getParent()).doesNotExist();
            assertThat(stack.stateFile()).doesNotExist();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatATerminalSendsReachesNoServer() throws Exception {
        try (StackProcess stack = StackProcess.inTerminal(base).ready()) {
            for (String signal : List.of("INT", "HUP")) {
                assertThat(new ProcessBuilder("kill", "-" + signal, "--", "-" + stack.pid())
                                .start()
                                .waitFor())
                        .isZero();
            }
            assertThat(stack.watchdog().isAlive()).isTrue();
            assertThat(Sql.ask(stack.postgres(), "select 1")).isEqualTo("1");
            try (DynamoDbClient client = Dynamo.client(stack.dynamo())) {
                assertThat(client.listTables().tableNames()).isEmpty();
            }
        }
    }

    @Test
    void dataOfBothServersIsThereAfterARestart() {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            assertThat(stack.state().getProperty("data"))
                    .isEqualTo(StackProcess.data(base).toString());
            putData(stack);
            stack.terminate();
        }
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            assertDataOf(stack);
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsAUsageError() throws IOException {
        try (ServerSocket squatter = new ServerSocket(0, 1, Loopback.v4());
                StackProcess stack = StackProcess.with(
                        base, "--in-memory", "--port-dynamodb", "0", "--port-postgres", "" + squatter.getLocalPort())) {
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.state())
                    .containsEntry("status", "failed")
                    .containsEntry("kind", "usage")
                    .containsKey("hint");
            assertThat(stack.state().getProperty("error"))
                    .startsWith("port %d, asked for Postgres, is taken".formatted(squatter.getLocalPort()))
                    .contains("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void aFailedStackDoesNotBlockTheNext() {
        try (StackProcess failed = StackProcess.with(base, "--data-dir", "/dev/null/data")) {
            assertThat(failed.exitCode()).isEqualTo(1);
        }
        try (StackProcess next = StackProcess.inMemory(base).ready()) {
            assertThat(next.state()).doesNotContainKey("error");
        }
    }

    @Test
    void aDataFolderThatCannotBeMadeIsOneLineAndAHint() {
        try (StackProcess stack = StackProcess.with(base, "--data-dir", "/dev/null/data")) {
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.state()).containsEntry("status", "failed").containsEntry("kind", "failed");
            assertThat(stack.state().getProperty("error"))
                    .startsWith("the data folder /dev/null/data cannot be used: ")
                    .doesNotContain("\n");
            assertThat(stack.state().getProperty("hint")).contains("disk").doesNotContain("\n");
            assertThat(stack.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void aStateFolderThatCannotBeMadeIsToldOnStderr() throws IOException {
        Files.delete(base);
        Files.writeString(base, "a file, not a folder");
        try (StackProcess stack = StackProcess.inMemory(base)) {
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.log())
                    .startsWith("error: the state folder ")
                    .contains("hint: ")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void dataOfAnotherPostgresVersionIsRefusedWithAWayOut() throws IOException {
        try (StackProcess stack = StackProcess.keepingData(base).ready()) {
            stack.terminate();
        }
        Files.writeString(StackProcess.keptCluster(base).resolve("PG_VERSION"), "12\n");
        try (StackProcess stack = StackProcess.keepingData(base)) {
            assertThat(stack.exitCode()).isEqualTo(1);
            assertThat(stack.state().getProperty("error"))
                    .contains("was made by Postgres 12")
                    .contains("Postgres 18");
            assertThat(stack.state().getProperty("hint")).contains("dynacog local down --wipe");
        }
    }

    @Test
    void itsClassPathHasNothingToReportHomeWith() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("stack.lib")))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .contains("dynacog-local-0.1.0.jar")
                    .noneMatch(name -> name.startsWith("pinpoint"))
                    .noneMatch(name -> name.startsWith("cognitoidentity"));
        }
    }

    static void putData(StackProcess stack) {
        Sql.run(stack.postgres(), "create table kept (word text)");
        Sql.run(stack.postgres(), "insert into kept values ('hello')");
        try (DynamoDbClient client = Dynamo.client(stack.dynamo())) {
            Dynamo.createTable(client, "kept");
            client.putItem(put -> put.tableName("kept").item(Map.of("pk", Dynamo.text("hello"))));
        }
    }

    static void assertDataOf(StackProcess stack) {
        assertThat(Sql.ask(stack.postgres(), "select word from kept")).isEqualTo("hello");
        try (DynamoDbClient client = Dynamo.client(stack.dynamo())) {
            assertThat(client.scan(scan -> scan.tableName("kept")).items())
                    .containsExactly(Map.of("pk", Dynamo.text("hello")));
        }
    }

    private static List<InetAddress> listeners(int port) {
        String suffix = ":%04X".formatted(port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(StackIT::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[1].endsWith(suffix) && columns[3].equals("0A"))
                .map(columns -> address(columns[1].substring(0, columns[1].indexOf(':'))))
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    /** The kernel prints addresses as words in the processor's order of bytes: here little-endian, as all ours are. */
    private static InetAddress address(String words) {
        byte[] bytes = HexFormat.of().parseHex(words);
        for (int word = 0; word < bytes.length; word += 4) {
            byte first = bytes[word];
            byte second = bytes[word + 1];
            bytes[word] = bytes[word + 3];
            bytes[word + 1] = bytes[word + 2];
            bytes[word + 2] = second;
            bytes[word + 3] = first;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException problem) {
            throw new AssertionError(problem);
        }
    }
}
