package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What services and psql's variables add to an address, and in which order. */
class PostgresResolverTest {
    @TempDir
    Path home = Path.of("");

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void aHomeOfItsOwn() {
        variables.put("HOME", home.toString());
    }

    private Sourced<PostgresUrl> resolve(String text) {
        return new PostgresResolver(variables).resolve(new Sourced<>(text, new Origin.Variable("URL")));
    }

    private String shown(String text) {
        Sourced<PostgresUrl> url = resolve(text);
        return url.value().masked() + " from " + url.origin().describe();
    }

    private void services(String text) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), text);
    }

    @Test
    void theAddressIsStrongerThanTheServiceAndThatThanTheVariables() throws IOException {
        services("[app]\nhost=service\nport=2\nuser=service\n");
        variables.putAll(Map.of("PGHOST", "variable", "PGPORT", "3", "PGUSER", "variable", "PGDATABASE", "variable"));
        assertThat(shown("postgresql://address?service=app"))
                .isEqualTo("postgresql://service@address:2/variable from URL with service app, PGDATABASE");
    }

    @Test
    void whatAddsNothingIsNotNamed() throws IOException {
        services("[app]\nhost=service\n");
        variables.putAll(Map.of("PGSERVICE", "app", "PGHOST", "variable", "PGAPPNAME", " "));
        assertThat(shown("postgresql://u@address/db")).isEqualTo("postgresql://u@address:5432/db from URL");
    }

    @Test
    void aServiceMayBeNamedByAVariable() throws IOException {
        services("[app]\nhost=service\n[other]\nhost=other\n");
        variables.put("PGSERVICE", "app");
        assertThat(shown("postgresql://u@/db")).isEqualTo("postgresql://u@service:5432/db from URL with service app");
        assertThat(shown("postgresql://u@/db?service=other"))
                .isEqualTo("postgresql://u@other:5432/db from URL with service other");
    }

    @Test
    void ofOneNameInAServiceTheFirstCountsAndWhatIsEmptyIsAbsent() throws IOException {
        services("""
                [other]
                host=other
                nonsense

                [app]
                # host=comment
                  host=first \s
                host=second
                dbname=
                """);
        variables.put("PGDATABASE", "db");
        assertThat(shown("postgresql://u@?service=app"))
                .isEqualTo("postgresql://u@first:5432/db from URL with service app, PGDATABASE");
        services("[app]\nhost=h\n[app]\nuser=u\n");
        assertThat(shown("postgresql://?service=app"))
                .isEqualTo("postgresql://h:5432/db from URL with service app, PGDATABASE");
    }

    @Test
    void aServiceIsLookedForInTheUsersFileAndThenInTheSystems(@TempDir Path system) throws IOException {
        variables.put("PGSYSCONFDIR", system.toString());
        Files.writeString(system.resolve("pg_service.conf"), "[both]\nhost=system\n[one]\nhost=system\n");
        services("[both]\nhost=own\n");
        assertThat(resolve("postgresql://u@?service=both").value().hostList()).isEqualTo("own:5432");
        assertThat(resolve("postgresql://u@?service=one").value().hostList()).isEqualTo("system:5432");
        assertThatThrownBy(() -> resolve("postgresql://u@?service=none"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage("there is no service 'none' in " + home.resolve(".pg_service.conf") + " or "
                        + system.resolve("pg_service.conf"));
    }

    @Test
    void theFileOfServicesMayBeAnother() throws IOException {
        services("[app]\nhost=own\n");
        variables.put(
                "PGSERVICEFILE",
                Files.writeString(home.resolve("mine"), "[app]\nhost=mine\n").toString());
        assertThat(resolve("postgresql://u@?service=app").value().hostList()).isEqualTo("mine:5432");
    }

    @Test
    void aFileOfServicesThatCantBeReadIsAnError() throws IOException {
        Files.createDirectory(home.resolve(".pg_service.conf"));
        assertThatThrownBy(() -> resolve("postgresql://u@?service=app"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage(home.resolve(".pg_service.conf") + " is a folder");
    }

    @ParameterizedTest
    @CsvSource({
        "hunter2, ':3 has no ''=''', write NAME=VALUE; LDAP lookups are not supported",
        "=hunter2, :3 has an unknown parameter '', see docs/postgres-addresses.md for the" + " supported parameters",
        "service=x, :3 names a service within a service, leave it out",
        "sslmode=bogus, :3 sets sslmode to 'bogus', 'it is disable, allow, prefer, require, verify-ca or verify-full'",
        "ApplicationName=x, ':3 has an unknown parameter ''ApplicationName''', did you mean ApplicationName?"
    })
    void aMistakeInAServiceIsToldWithItsLine(String line, String wrong, String hint) throws IOException {
        services("[app]\n\n" + line + "\n");
        assertThatThrownBy(() -> resolve("postgresql://u@?service=app"))
                .hasMessage(home.resolve(".pg_service.conf") + wrong)
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class, e -> assertThat(e.hint()).isEqualTo(hint));
    }

    @ParameterizedTest
    @CsvSource({
        "PGSSLMODE, bogus, PGSSLMODE sets sslmode to 'bogus'",
        "PGPORT, x, URL with PGPORT is not a Postgres connection URL: its port is not a number"
    })
    void aVariableThatSetsNonsenseIsNamed(String variable, String value, String wrong) {
        variables.put(variable, value);
        assertThatThrownBy(() -> resolve("postgresql://u@h/db"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith(wrong);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorityOfTheUsersMakesEveryCertificateBeChecked(boolean own) throws IOException {
        if (own) {
            Files.createDirectories(home.resolve(".postgresql"));
            Files.writeString(home.resolve(".postgresql/root.crt"), "");
        }
        assertThat(resolve("postgresql://u@h/db?sslmode=require").value().query())
                .containsEntry("sslmode", own ? "verify-ca" : "require");
        assertThat(resolve("postgresql://u@h/db?sslmode=prefer").value().query())
                .containsEntry("sslmode", "prefer");
    }

    @Test
    void thePasswordFileIsInTheUsersHomeUnlessAnotherIsNamed() {
        assertThat(resolve("postgresql://u@h/db").value().passwordFile()).contains(home.resolve(".pgpass"));
        variables.put("PGPASSFILE", "/mine");
        assertThat(resolve("postgresql://u@h/db").value().passwordFile()).contains(Path.of("/mine"));
    }

    /** Files of the working folder are not the user's. */
    @Test
    void aHomeThatIsRelativeIsNone() {
        variables.put("HOME", "here");
        assertThat(resolve("postgresql://u@h/db").value().passwordFile())
                .contains(Path.of(System.getProperty("user.home"), ".pgpass"));
    }
}
