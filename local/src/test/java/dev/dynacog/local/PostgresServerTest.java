package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @Test
    void hasTheDatabaseAndTheExtension() {
        try (PostgresServer server = PostgresServer.start(inMemory(0))) {
            assertThat(server.url())
                    .isEqualTo("postgresql://postgres:password@localhost:%d/cruddur".formatted(server.port()));
            assertThat(Sql.ask(server.url(), "select uuid_generate_v4()::text")).hasSize(36);
            assertThat(Sql.ask(server.url(), "select setting from pg_file_settings where lower(name) = 'timezone'"))
                    .isEqualTo("UTC");
            assertThat(Sql.ask(server.url(), "show server_encoding")).isEqualTo("UTF8");
            assertThat(Sql.ask(server.url(), "show unix_socket_directories")).isEmpty();
            assertThat(Sql.ask(server.url(), "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (PostgresServer server = PostgresServer.start(inMemory(0))) {
            String wrong = server.url().replace(":password@", ":guess@");
            assertThatThrownBy(() -> Sql.connect(wrong).close()).hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void inMemoryLeavesNoFolder() {
        Path scratch = TestFolders.cache().resolve("scratch");
        PostgresServer server = PostgresServer.start(inMemory(0));
        String cluster = Sql.ask(server.url(), "show data_directory");
        assertThat(Path.of(cluster)).exists().startsWith(scratch);
        server.close();
        assertThat(Path.of(cluster).getParent()).doesNotExist();
        assertThat(Ports.isFree(server.port())).isTrue();
    }

    @Test
    void keepsItsDataWithFsyncOn(@TempDir Path temporary) {
        PostgresOptions options = kept(TestFolders.base(temporary));
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(Sql.ask(server.url(), "show fsync")).isEqualTo("on");
            Sql.run(server.url(), "create table kept (word text)");
        }
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(Sql.ask(server.url(), "select count(*) from kept")).isEqualTo("0");
        }
    }

    @Test
    void makesADroppedDatabaseAnewAtTheNextStart(@TempDir Path temporary) {
        PostgresOptions options = kept(temporary);
        try (PostgresServer server = PostgresServer.start(options)) {
            Sql.run(server.url().replace("/cruddur", "/postgres"), "drop database cruddur");
        }
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(Sql.ask(server.url(), "select current_database()")).isEqualTo("cruddur");
        }
    }

    @Test
    void twoNeverShareAFolder(@TempDir Path temporary) {
        try (PostgresServer first = PostgresServer.start(kept(temporary))) {
            assertThatThrownBy(() -> PostgresServer.start(kept(temporary)))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("uses the data folder");
            assertThat(Sql.ask(first.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aTakenPortIsAUsageErrorThatNamesTheHolder() throws Exception {
        try (ServerSocket squatter = new ServerSocket(0, 1, Loopback.v4())) {
            assertThatThrownBy(() -> PostgresServer.start(inMemory(squatter.getLocalPort())))
                    .isInstanceOfSatisfying(
                            StackException.class,
                            problem -> assertThat(problem.kind()).isEqualTo(StackException.Kind.USAGE))
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void twoAtOnceUnpackIntoAnEmptyCacheWithoutHarm(@TempDir Path temporary) {
        PostgresOptions options = new PostgresOptions(0, Optional.empty(), temporary, Redirect.DISCARD);
        CompletableFuture<PostgresServer> first = CompletableFuture.supplyAsync(() -> PostgresServer.start(options));
        CompletableFuture<PostgresServer> second = CompletableFuture.supplyAsync(() -> PostgresServer.start(options));
        first.join().close();
        second.join().close();
        assertThat(temporary.toFile().list()).hasSize(2).contains("scratch");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root has another's rights")
    void startsAsRootWhereNamespacesAreForbidden(@TempDir Path temporary) throws Exception {
        PostgresOptions options = kept(temporary.resolve("data"));
        try (PostgresServer server = PostgresServer.start(options, Unprivileged.otherUser())) {
            Sql.run(server.url(), "create table kept (word text)");
        }
        Path cluster = temporary.resolve("data").resolve("cluster");
        assertThat(Files.getAttribute(cluster, "unix:uid")).isEqualTo(65534);
        // And back again, where they are allowed.
        try (PostgresServer server = PostgresServer.start(options, Unprivileged.userNamespace())) {
            assertThat(Sql.ask(server.url(), "select count(*) from kept")).isEqualTo("0");
        }
        assertThat(Files.getAttribute(cluster, "unix:uid")).isEqualTo(0);
    }

    private static PostgresOptions inMemory(int port) {
        return new PostgresOptions(port, Optional.empty(), TestFolders.cache(), Redirect.DISCARD);
    }

    private static PostgresOptions kept(Path folder) {
        return new PostgresOptions(0, Optional.of(folder), TestFolders.cache(), Redirect.DISCARD);
    }
}
