package dev.dynacog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class PostgresServerTest {
    private static @Nullable PostgresServer shared;

    @Test
    void hasTheDatabaseAndTheExtension() {
        try (PostgresServer server = PostgresServer.start(inMemory(0))) {
            assertThat(server.url())
                    .isEqualTo("postgresql://postgres:password@localhost:%d/cruddur".formatted(server.port()));
            assertThat(Sql.ask(server.url(), "select uuid_generate_v4()::text")).hasSize(36);
            assertThat(server.cluster().resolve("postgresql.conf")).content().containsPattern("\ntimezone = '?UTC");
            assertThat(Sql.ask(server.url(), "show server_encoding")).isEqualTo("UTF8");
            assertThat(server.cluster().resolve("postmaster.opts")).content().contains("\"unix_socket_directories=\"");
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
        Path folder = server.cluster().resolveSibling(".").normalize();
        assertThat(server.cluster()).exists().startsWith(scratch);
        server.close();
        assertThat(folder).doesNotExist();
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
    void theRoleThatAppsKnowIsNoSuperuserAndMakesDatabases() {
        try (PostgresServer server = PostgresServer.start(inMemory(0))) {
            assertThat(Sql.ask(server.url(), "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            assertThat(Sql.ask(
                            server.url(), "select pg_get_userbyid(datdba) from pg_database where datname = 'cruddur'"))
                    .isEqualTo("postgres");
            Sql.run(server.url(), "create database another");
            Sql.run(server.url(), "create extension pgcrypto");
            Sql.run(server.url().replace("/cruddur", "/another"), "create extension \"uuid-ossp\"");
            Sql.run(server.url(), "drop database another with (force)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to program 'env'",
                "create temp table t (line text); copy t from program 'env'",
                "create temp table t (line text); copy t from '/etc/passwd'",
                "copy (select 1) to '/tmp/dynacog-written-by-postgres'",
                "select pg_read_file('/etc/passwd')",
                "select pg_read_file('dynacog-superuser')",
                "select pg_ls_dir('/')",
                "select lo_import('/etc/passwd')",
                "alter system set archive_command = 'env'",
                "create function f() returns int language c as '/lib/x86_64-linux-gnu/libc.so.6', 'system'",
                "create extension file_fdw",
                "alter role postgres superuser",
                "set role dynacog_superuser",
                "select rolpassword from pg_authid"
            })
    void whoeverKnowsThePasswordReadsNoFileAndRunsNoProgram(String attempt) {
        assertThatThrownBy(() -> {
                    try (Connection connection = Sql.connect(server().url());
                            Statement statement = connection.createStatement()) {
                        statement.execute(attempt);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void theSuperusersPasswordIsRandomAndItsOwnersAlone(@TempDir Path first, @TempDir Path second) throws Exception {
        PostgresServer.start(kept(first)).close();
        PostgresServer.start(kept(second)).close();
        Path kept = first.resolve("cluster/dynacog-superuser");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(kept))
                .hasSize(32)
                .isNotEqualTo(Files.readString(second.resolve("cluster/dynacog-superuser")));
    }

    @Test
    void aPasswordThatWasGivenStays(@TempDir Path temporary) {
        String odd = "it's 100% ä/@:?#\\ +";
        PostgresOptions given =
                new PostgresOptions(0, Optional.of(temporary), TestFolders.cache(), Redirect.DISCARD, Optional.of(odd));
        String url;
        try (PostgresServer server = PostgresServer.start(given)) {
            url = server.url();
            assertThat(Sql.ask(url, "select 1")).isEqualTo("1");
        }
        try (PostgresServer server = PostgresServer.start(kept(temporary))) {
            assertThat(server.url().replaceAll(":\\d+/", ":0/")).isEqualTo(url.replaceAll(":\\d+/", ":0/"));
            assertThat(Sql.ask(server.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aRandomPasswordIsNotTheUsualOne() {
        PostgresOptions random =
                new PostgresOptions(0, Optional.empty(), TestFolders.cache(), Redirect.DISCARD, Optional.of("random"));
        try (PostgresServer server = PostgresServer.start(random)) {
            assertThat(Sql.ask(server.url(), "select 1")).isEqualTo("1");
            String usual = "postgresql://postgres:password@localhost:" + server.port() + "/cruddur";
            assertThatThrownBy(() -> Sql.connect(usual).close()).hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void serversHaveNothingOfTheEnvironmentTheyAreStartedIn() throws Exception {
        String pid =
                Files.readAllLines(server().cluster().resolve("postmaster.pid")).get(0);
        List<String> names = Arrays.stream(
                        Files.readString(Path.of("/proc", pid, "environ")).split("\0"))
                .map(variable -> variable.substring(0, variable.indexOf('=')))
                .toList();
        assertThat(System.getenv()).containsKey("AWS_SECRET_ACCESS_KEY");
        assertThat(names)
                .contains("PATH")
                .isSubsetOf(
                        "PATH",
                        "LANG",
                        "LC_ALL",
                        "LC_CTYPE",
                        "TZ",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_",
                        "PGDATA",
                        "PGSYSCONFDIR",
                        "PGLOCALEDIR",
                        "PG_GRANDPARENT_PID");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root has another's rights")
    void startedByRootItHasNobodysRightsAndNoCapability(@TempDir Path temporary) throws Exception {
        try (PostgresServer server = PostgresServer.start(kept(temporary))) {
            Path cluster = temporary.resolve("cluster");
            assertThat(Files.getAttribute(cluster, "unix:uid")).isEqualTo(65534);
            String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).get(0);
            assertThat(Files.readAllLines(Path.of("/proc", pid, "status")))
                    .contains("Uid:\t65534\t65534\t65534\t65534", "NoNewPrivs:\t1")
                    .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "CapAmb:\t0000000000000000");
            assertThat(Sql.ask(server.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void fromACacheThatRunsNoProgramsItIsToldWhichVariableNamesAnother(@TempDir Path temporary) throws Exception {
        try (NoexecFolder noexec = NoexecFolder.mount(temporary.resolve("noexec"))) {
            assertThatThrownBy(() -> PostgresBinaries.unpackedIn(noexec.folder()))
                    .isInstanceOfSatisfying(StackException.class, problem -> {
                        assertThat(problem.getMessage()).contains("cache folder " + noexec.folder(), "noexec");
                        assertThat(problem.hint()).contains("XDG_CACHE_HOME");
                    });
            assertThat(noexec.folder()).isEmptyDirectory();
        }
    }

    @Test
    void anOldDataFolderWhoseAppRoleIsTheSuperuserIsBroughtOver(@TempDir Path temporary) throws Exception {
        Path cache = Folders.ensure(TestFolders.cache(), "cache");
        Unprivileged.choose().letThrough(cache);
        PostgresFolder folder = PostgresFolder.open(kept(temporary), cache);
        Watchdog watchdog = Watchdog.overKept(folder.cluster(), Redirect.DISCARD);
        PostgresCluster old = new PostgresCluster(
                folder, PostgresBinaries.unpackedIn(cache), Unprivileged.choose(), watchdog, Redirect.DISCARD);
        old.prepare("postgres", "password");
        int port = Ports.anyFree();
        old.start(port, Duration.ofSeconds(60));
        String postgres = "postgresql://postgres:password@localhost:" + port + "/postgres";
        String cruddur = postgres.replaceAll("/postgres$", "/cruddur");
        Sql.run(postgres, "create database cruddur");
        for (String statement : List.of(
                "create extension \"uuid-ossp\"",
                "create schema app",
                "create table app.people (id serial primary key, number int generated always as identity, word text)",
                "create table \"Odd name\" (day date) partition by range (day)",
                "create sequence own",
                "create view seen as select * from app.people",
                "create materialized view mat as select 1 as one",
                "create type mood as enum ('good')",
                "create domain short as varchar(3)",
                "create type pair as (a int, b int)",
                "create function app.one(int, text) returns int language sql security definer as 'select 1'",
                "create procedure nothing() language sql as ''",
                "create aggregate total(int) (sfunc = int4pl, stype = int)",
                "create collation mine from \"C\"",
                "select lo_create(4711)",
                "insert into app.people (word) values ('kept')")) {
            Sql.run(cruddur, statement);
        }
        watchdog.close();
        folder.lock().close();

        for (int start = 1; start <= 2; start++) {
            try (PostgresServer server = PostgresServer.start(kept(temporary))) {
                assertThat(server.url()).contains("//postgres:password@");
                assertThat(Sql.ask(server.url(), "select rolsuper from pg_roles where rolname = 'postgres'"))
                        .isEqualTo("f");
                assertThat(Sql.ask(server.url(), "select word from app.people")).isEqualTo("kept");
                assertThat(Sql.ask(server.url(), """
                        select string_agg(what, ', ') from (
                          select datname::text as what, datdba as owner from pg_database where not datistemplate
                          union all select relname, relowner from pg_class
                            where relnamespace in ('app'::regnamespace, 'public'::regnamespace)
                          union all select typname, typowner from pg_type
                            where typnamespace in ('app'::regnamespace, 'public'::regnamespace)
                          union all select nspname, nspowner from pg_namespace where nspname = 'app'
                          union all select proname, proowner from pg_proc
                            where pronamespace in ('app'::regnamespace, 'public'::regnamespace)
                              and proname not like 'uuid%'
                          union all select collname, collowner from pg_collation where collname = 'mine'
                          union all select lo.oid::text, lomowner from pg_largeobject_metadata lo
                        ) all_of_it where owner = 10""")).isNull();
                for (String statement : List.of(
                        "alter table app.people add column more" + start + " int",
                        "insert into app.people (word) values ('new')",
                        "drop view seen",
                        "create view seen as select * from app.people",
                        "create or replace function app.one(int, text) returns int language sql as 'select 2'")) {
                    Sql.run(server.url(), statement);
                }
                Sql.run(server.url(), "delete from app.people where word = 'new'");
            }
        }
    }

    @Test
    void programsThatOthersCouldHavePutThereAreNotRun(@TempDir Path temporary) throws Exception {
        Path home = PostgresBinaries.unpackedIn(temporary).home();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> PostgresBinaries.unpackedIn(temporary))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot be trusted: other users can write to it");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (System.getProperty("user.name").equals("root")) {
            Files.setAttribute(home, "unix:uid", 12345);
            assertThatThrownBy(() -> PostgresBinaries.unpackedIn(temporary))
                    .hasMessageContaining("cannot be trusted: it belongs to 12345");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/postgres", "lib"})
    void aProgramOrLibraryThatAnotherCouldHaveWrittenIsNotRun(String name, @TempDir Path temporary) throws Exception {
        Path home = PostgresBinaries.unpackedIn(temporary).home();
        Path code = firstFile(home.resolve(name));
        for (String rights : List.of("rwxr-xrwx", "rwxrwxr-x")) {
            Files.setPosixFilePermissions(code, PosixFilePermissions.fromString(rights));
            assertThatThrownBy(() -> PostgresBinaries.unpackedIn(temporary))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(code + " cannot be trusted: other users can write to it");
        }
        Files.setPosixFilePermissions(code, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (System.getProperty("user.name").equals("root")) {
            Files.setAttribute(code, "unix:uid", 12345);
            assertThatThrownBy(() -> PostgresBinaries.unpackedIn(temporary))
                    .hasMessageContaining(code + " cannot be trusted: it belongs to 12345");
        }
    }

    private static Path firstFile(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static synchronized PostgresServer server() {
        if (shared == null) {
            shared = PostgresServer.start(inMemory(0));
        }
        return shared;
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    private static PostgresOptions inMemory(int port) {
        return new PostgresOptions(port, Optional.empty(), TestFolders.cache(), Redirect.DISCARD);
    }

    private static PostgresOptions kept(Path folder) {
        return new PostgresOptions(0, Optional.of(folder), TestFolders.cache(), Redirect.DISCARD);
    }
}
