package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubCognito;
import dev.dynacog.cli.testing.StubCognito.Answer;
import dev.dynacog.cli.testing.TestDatabase;
import dev.dynacog.cli.testing.UsersTable;
import dev.dynacog.local.PostgresOptions;
import dev.dynacog.local.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres that speaks TLS, with a certificate for localhost. */
@ExtendWith(LocalServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SecurePostgresTest {
    private static final String PASSWORD = "password";

    private final PostgresServer server;
    private final TestDatabase database;
    private final TestDatabase superusers;
    private final Path folder;
    private final StubCognito pool = new StubCognito((request, body) -> Answer.ok(StubCognito.page(0, 1, "")));

    SecurePostgresTest(@TempDir Path folder) {
        this.folder = folder;
        try {
            // Started by root, Postgres is nobody, who has to come by here.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = PostgresServer.start(
                new PostgresOptions(0, Optional.empty(), folder.resolve("cache"), ProcessBuilder.Redirect.DISCARD));
        database = new TestDatabase(server.url(), "secure");
        superusers = new TestDatabase(server.superuserUrl(), "secure");
    }

    /** A private key and a certificate of its own. */
    private record Identity(String key, String certificate) {
        static Identity make(Path folder, String name)
                throws IOException, GeneralSecurityException, InterruptedException {
            Path store = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
            assertThat(keytool.waitFor()).isZero();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return new Identity(
                    pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                    pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
        }

        private static String pem(String what, byte... content) {
            return "-----BEGIN " + what + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                    + "-----\n";
        }
    }

    @BeforeAll
    void turnTlsOn() throws IOException, GeneralSecurityException, InterruptedException {
        database.create();
        UsersTable.OLD.createIn(database);
        UsersTable.insert(database, "user0", "MOCK");
        Identity own = Identity.make(folder, "localhost");
        Files.writeString(folder.resolve("ca.pem"), own.certificate());
        Files.writeString(
                folder.resolve("other.pem"), Identity.make(folder, "other").certificate());
        write("server.key", own.key());
        write("server.crt", own.certificate());
        UsersTable.run(superusers, "alter system set ssl = on", "select pg_reload_conf()");
        while (!database.rows("show ssl").equals(List.of("on"))) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Into the server's own folder, as its own user. */
    private void write(String file, String content) {
        superusers.execute("copy (select regexp_split_to_table('" + content + "', '\\n')) to program 'umask 077; cat > "
                + file + "'");
    }

    @AfterAll
    void close() {
        pool.close();
        server.close();
    }

    private Run sync(String url, String... options) {
        Cli cli = pool.cli().with("CONNECTION_URL", url);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "update-cognito-user-ids";
        arguments[1] = "--dry-run";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return cli.run(arguments);
    }

    private String ca(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aCertificateOfTheGivenAuthorityIsTrusted() {
        assertThat(sync(database.url(), "--ca", ca("ca.pem")))
                .extracting(Run::exit, Run::err)
                .containsExactly(0, "");
        assertThat(sync(database.url() + "?sslmode=verify-full&sslrootcert=" + ca("ca.pem"))
                        .exit())
                .isZero();
    }

    /** As libpq does: what names an authority wants it checked. */
    @Test
    void aRequiredConnectionChecksTheAuthorityThatIsNamed() {
        String byAddress = database.url().replace("localhost", "127.0.0.1") + "?sslmode=require&sslrootcert=";
        assertThat(sync(byAddress + ca("ca.pem")).exit()).isZero();
        Run other = sync(byAddress + ca("other.pem"));
        assertThat(other.exit()).isEqualTo(5);
        assertThat(other.err()).contains("not signed by the given authority");
        assertThat(sync(database.url() + "?sslmode=require").exit()).isZero();
    }

    @Test
    void theAuthorityMayBeAVariableOfPsql() {
        Cli cli = pool.cli().with("CONNECTION_URL", database.url()).with("PGSSLMODE", "verify-full");
        String[] dryRun = {"update-cognito-user-ids", "--dry-run"};
        assertThat(cli.with("PGSSLROOTCERT", ca("ca.pem")).run(dryRun).exit()).isZero();
        assertThat(cli.with("PGSSLROOTCERT", ca("other.pem")).run(dryRun).exit())
                .isEqualTo(5);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsExplained() {
        Run run = sync(database.url(), "--ca", ca("other.pem"));
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .startsWith("error  no secure connection to Postgres at localhost:")
                .contains("not signed by the given authority")
                .contains("hint   the file of the server's CA");
    }

    @Test
    void aCertificateForAnotherNameIsExplained() {
        Run run = sync(database.url().replace("localhost", "127.0.0.1"), "--ca", ca("ca.pem"));
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).contains("its certificate is for another host name");
    }

    @Test
    void aMissingFileOfTheAuthorityIsExplained() {
        Run run = sync(database.url(), "--ca", ca("nothing.pem"));
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).contains("the CA's file cannot be read").contains("nothing.pem");
    }

    @Test
    void aServerWithoutTlsIsExplained(LocalServers servers) {
        Run run = sync(servers.postgres().url() + "?sslmode=require");
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).contains("it does not support TLS");
    }
}
