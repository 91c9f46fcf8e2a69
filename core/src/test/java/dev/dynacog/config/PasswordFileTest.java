package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file is read as psql reads it. */
@DisabledOnOs(OS.WINDOWS)
class PasswordFileTest {
    private Path file = Path.of("");
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("pgpass");
    }

    private void has(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Optional<String> find(String url) {
        return new PasswordFile(file).find(PostgresUrl.parse(url), warnings::add);
    }

    @ParameterizedTest
    @CsvSource({
        "h:5432:db:u:secret, secret",
        "*:*:*:*:secret, secret",
        "H:5432:db:u:secret,",
        "h:5433:db:u:secret,",
        "h:5432:other:u:secret,",
        "h:5432:db:other:secret,",
        "h:5432:db:u:a:b, a:b",
        "h:5432:db:u:a\\:b\\\\c\\, a:b\\c\\",
        "h:5432:db:u,",
        "h:5432:db:u:,",
        "#:5432:db:u:secret,"
    })
    void aLineFitsInAllOfItsFields(String line, String password) throws IOException {
        has(line + "\n");
        assertThat(find("postgresql://u@h/db")).isEqualTo(Optional.ofNullable(password));
        assertThat(warnings).isEmpty();
    }

    @Test
    void theFirstLineThatFitsAndHasAPasswordCounts() throws IOException {
        has("h:*:*:*:\nh:*:*:*:first\nh:*:*:*:second\n");
        assertThat(find("postgresql://u@h/db")).contains("first");
    }

    @Test
    void anIpv6AddressStandsWithoutBrackets() throws IOException {
        has("\\:\\:1:*:*:*:secret\n");
        assertThat(find("postgresql://u@[::1]/db")).contains("secret");
    }

    @Test
    void withoutAUserItIsTheOneOfTheSystem() throws IOException {
        has("h:*:*:" + System.getProperty("user.name") + ":secret\n");
        assertThat(find("postgresql://h/db")).contains("secret");
    }

    @Test
    void hostsWithDifferentPasswordsAreRefused() throws IOException {
        has("a:*:*:*:one\nb:*:*:*:other\n");
        assertThatThrownBy(() -> find("postgresql://u@a,b/db"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage(file + " has different passwords for hosts a:5432,b:5432");
        has("*:*:*:*:one\n");
        assertThat(find("postgresql://u@a,b/db")).contains("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw---x---", "rw----r--", "rw-----w-", "rw------x"})
    void aFileThatOthersHaveRightsToIsIgnoredAloud(String rights) throws IOException {
        has("*:*:*:*:secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        assertThat(find("postgresql://u@h/db")).isEmpty();
        assertThat(warnings).containsExactly(file + " is ignored: other users can access it; run chmod 600 on it");
    }

    @Test
    void whatIsNoFileIsIgnoredAloudAndWhatIsMissingInSilence() throws IOException {
        assertThat(find("postgresql://u@h/db")).isEmpty();
        assertThat(warnings).isEmpty();
        Files.createDirectory(file);
        assertThat(find("postgresql://u@h/db")).isEmpty();
        assertThat(warnings).containsExactly(file + " is ignored: it is not a plain file");
    }

    @Test
    void whatIsNoTextIsIgnoredAloud() throws IOException {
        has("");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(find("postgresql://u@h/db")).isEmpty();
        assertThat(warnings).containsExactly(file + " is ignored: it can't be read");
    }
}
