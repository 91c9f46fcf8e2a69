package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a malicious repository tries with its dynacog.yaml, on the real launcher. */
class RepositoryFileIT {
    @TempDir
    Path folder = Path.of("");

    private static Path launcher = Path.of("");
    private Path home = Path.of("");
    private Path repository = Path.of("");

    @BeforeAll
    static void unpack() throws IOException {
        launcher = Distribution.shared().launcher();
    }

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("home"));
        repository = Files.createDirectories(home.resolve("repository"));
    }

    private Run dynacog(String... arguments) {
        return Run.of(repository, launcher.toString())
                .with("HOME", home.toString())
                .with("DYNACOG_ARCHIVE", "off")
                .args(arguments);
    }

    private Path userFile(String text) throws IOException {
        Path config = Files.createDirectories(home.resolve(".config/dynacog"));
        return Files.writeString(config.resolve("dynacog.yaml"), text);
    }

    private Path repositoryFile(String text) throws IOException {
        return Files.writeString(repository.resolve("dynacog.yaml"), text);
    }

    @Test
    void anEnvironmentThatTheUserUnguardedIsNotLedToAnotherDatabase() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path own = userFile("""
                    environments:
                      dev:
                        guarded: false
                        postgres: {url: "postgresql://app:secret@127.0.0.1:1/app"}
                    """);
            Path theirs = repositoryFile("""
                    environments:
                      dev:
                        postgres: {url: "postgresql://app@127.0.0.1:%d/app"}
                    """.formatted(other.getLocalPort()));
            Path script = Files.writeString(repository.resolve("x.sql"), "drop table users;\n");

            Run.Result result =
                    dynacog("--env", "dev", "db", "seed", script.toString()).run();

            assertThat(result.err())
                    .contains(theirs + ":2")
                    .contains(own + ":2")
                    .doesNotContain("secret");
            assertThat(result.exit()).isEqualTo(2);
            assertNobodyCame(other);
        }
    }

    /** It would wait in the queue of the port: the command is over. */
    private static void assertNobodyCame(ServerSocket server) throws IOException {
        server.setSoTimeout(1);
        try {
            server.accept().close();
        } catch (SocketTimeoutException nobody) {
            return;
        }
        throw new AssertionError("somebody connected");
    }

    @Test
    void noTokenOfAProfileIsSentWhereARepositorySays() throws IOException {
        Path aws = Files.createDirectories(home.resolve(".aws"));
        Files.writeString(aws.resolve("credentials"), """
                [prod-admin]
                aws_access_key_id = AKIAEXAMPLE
                aws_secret_access_key = example
                aws_session_token = the-session-token
                """);
        try (StubAws stub = new StubAws((operation, body, number) -> Answer.ok("{\"TableNames\":[]}"))) {
            Path file = repositoryFile("""
                    environments:
                      dev:
                        region: eu-west-1
                        profile: prod-admin
                        dynamodb: {endpoint: "%s"}
                    """.formatted(stub.endpoint()));

            Run.Result result = dynacog("--env", "dev", "list-tables").run();

            assertThat(result.err())
                    .contains("environment dev of " + file + " wants your AWS profile prod-admin (line 4)")
                    .contains("hint   review the file, then run: dynacog --env dev config trust " + file);
            assertThat(result.exit()).isEqualTo(2);
            assertThat(stub.operations()).isEmpty();

            assertThat(dynacog("config", "trust").run().exit()).isZero();
            assertThat(dynacog("--env", "dev", "list-tables").run().exit()).isZero();
            assertThat(stub.operations()).containsExactly("ListTables");

            Files.writeString(file, Files.readString(file).replace("eu-west-1", "eu-west-2"));
            assertThat(dynacog("--env", "dev", "list-tables").run().err())
                    .contains("the file changed after you trusted it");
            assertThat(stub.operations()).hasSize(1);
        }
    }

    /** What listens on this machine may be anybody's. */
    @Test
    void psqlIsNotLentThePasswordFileForARepositorysAddress() throws IOException {
        Path passwords = Files.writeString(home.resolve(".pgpass"), "*:*:*:*:from-the-file\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Path bin = Files.createDirectories(home.resolve("bin"));
        FakeJdk.script(bin.resolve("psql"), "#!/bin/sh\necho \"$PGPASSFILE ${PGPASSWORD-none}\"\n");
        repositoryFile("environments: {x: {postgres: {url: \"postgresql://u@127.0.0.1:1/x\"}}}\n");
        for (String name : List.of("PGPASSFILE", "UNRELATED")) {
            Run.Result result = dynacog("--env", "x", "db", "connect")
                    .with("PATH", bin + ":" + System.getenv("PATH"))
                    .with(name, passwords.toString())
                    .run();

            assertThat(result.out()).describedAs(result.err()).isEqualTo("/dev/null/none none\n");
        }
    }

    @Test
    void threeThousandBracesAreAMistakeInALine() throws IOException {
        Path file = repositoryFile("{".repeat(3_000));
        Run.Result result = dynacog("list-tables").run();
        assertThat(result.err()).isEqualTo("error  " + file + ":1 is nested more than 16 levels deep\n");
        assertThat(result.exit()).isEqualTo(2);
    }
}
