package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.config.PostgresUrl.Host;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

class PostgresUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://app:p%40ss%2Fw%3Ard@db.internal:6543/cruddur?sslmode=require",
                "postgres://app:p%40ss%2Fw%3Ard@db.internal:6543/cruddur?sslmode=require",
                "jdbc:postgresql://app:p%40ss%2Fw%3Ard@db.internal:6543/cruddur?sslmode=require",
                "jdbc:postgresql://db.internal:6543/cruddur?user=app&password=p%40ss%2Fw%3Ard&sslmode=require",
                "postgresql:///cruddur?host=db.internal&port=6543&user=app&password=p%40ss%2Fw%3Ard&sslmode=require",
                "postgresql://app:p%40ss%2Fw%3Ard@db.internal:6543?dbname=cruddur&sslmode=require"
            })
    void everyFormThatPeopleHaveIsUnderstood(String text) {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.hosts()).containsExactly(new Host("db.internal", 6543));
        assertThat(url.database()).isEqualTo("cruddur");
        assertThat(url.user()).contains("app");
        assertThat(url.password()).contains("p@ss/w:rd");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.internal:6543/cruddur?sslmode=require");
    }

    /** Defect 16. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://cruddur:cruddur@cruddur:5432/cruddur",
                "postgresql://cruddur:cruddur@cruddur/cruddur",
                "postgresql://cruddur:cruddur@cruddur"
            })
    void aUserOrHostThatContainsTheNameOfTheDatabaseStaysWhatItIs(String text) {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.withDatabase("postgres").jdbcUrl()).isEqualTo("jdbc:postgresql://cruddur:5432/postgres");
        assertThat(url.user()).contains("cruddur");
        assertThat(url.database()).isEqualTo("cruddur");
    }

    /** Defect 16. */
    @Test
    void aDatabaseWhosePartsLookLikeAnAddressIsEncoded() {
        PostgresUrl url = PostgresUrl.parse("postgresql://u@h/my%2Ddb%20%3F1?sslmode=disable");
        assertThat(url.database()).isEqualTo("my-db ?1");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/my-db%20%3F1?sslmode=disable");
    }

    @Test
    void whatPsqlTakesUnencodedInAPasswordIsTakenHereToo() {
        assertThat(PostgresUrl.parse("postgresql://u:a#b?c@d+e@h/db").password())
                .contains("a#b?c@d+e");
    }

    @Test
    void aPlusIsASpaceForTheDriverAloneAsItWasBefore() {
        assertThat(PostgresUrl.parse("jdbc:postgresql://h/db?user=u&password=a+b%2B")
                        .password())
                .contains("a b+");
        assertThat(PostgresUrl.parse("postgresql://h/db?user=u&password=a+b%2B").password())
                .contains("a+b+");
    }

    @Test
    void severalHostsAndIpv6KeepTheirPorts() {
        PostgresUrl url =
                PostgresUrl.parse("postgresql://u@[::1]:5433,b.example,c:5434/db?target_session_attrs=primary");
        assertThat(url.hostList()).isEqualTo("[::1]:5433,b.example:5432,c:5434");
        assertThat(url.jdbcUrl()).endsWith("/db?targetServerType=primary");
        assertThat(url.psqlUrl()).endsWith("/db?target_session_attrs=primary");
    }

    @Test
    void parametersGoByTheNameThatEachSideKnows() {
        PostgresUrl url = PostgresUrl.parse(
                "postgresql://u:secret@h/db?sslmode=verify-full&connect_timeout=3&ApplicationName=app&currentSchema=x"
                        + "&loadBalanceHosts=true&stringtype=unspecified");
        assertThat(url.jdbcUrl())
                .endsWith("/db?sslmode=verify-full&connectTimeout=3&ApplicationName=app&currentSchema=x"
                        + "&loadBalanceHosts=true");
        assertThat(url.psqlUrl())
                .isEqualTo("postgresql://u@h:5432/db?sslmode=verify-full&connect_timeout=3&application_name=app"
                        + "&load_balance_hosts=random");
        assertThat(url.sessionOptions()).contains("-c search_path=x");
    }

    /** The driver may learn new ones: each must be decided on. */
    @ParameterizedTest
    @EnumSource(PGProperty.class)
    void everyParameterOfTheDriverIsTakenOrRefusedForAReason(PGProperty property) {
        String value = property.getChoices() == null ? "1" : property.getChoices()[0];
        assertThatCode(() -> PostgresUrl.parse("jdbc:postgresql://h/db?user=u&" + property.getName() + "=" + value))
                .satisfies(failure -> assertThat(String.valueOf(failure)).doesNotContain("unknown parameter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGHOST",
                "PGPORT",
                "PGDBNAME",
                "hostaddr",
                "authenticationPluginClassName",
                "classLoaderStrategy",
                "connectExecutor",
                "connectExecutorArg",
                "jaasApplicationName",
                "loggerFile",
                "loggerLevel",
                "socketFactory",
                "socketFactoryArg",
                "sslfactory",
                "sslfactoryarg",
                "sslhostnameverifier",
                "sslpasswordcallback",
                "sspiServiceClass",
                "xmlFactoryFactory",
                "sslcrl",
                "replication"
            })
    void whatWouldLeadElsewhereOrLoadCodeIsRefused(String name) {
        for (String scheme : List.of("", "jdbc:")) {
            assertThatThrownBy(() -> PostgresUrl.parse(scheme + "postgresql://u@h/db?" + name + "=x"))
                    .isInstanceOf(BadParameter.class)
                    .hasMessageStartingWith("has the parameter '" + name + "', which ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sslmod, did you mean sslmode?",
        "SSLMODE, did you mean sslmode?",
        "aplication_name, did you mean application_name?",
        "foo, docs/postgres-addresses.md lists what is taken"
    })
    void whatNobodyKnowsIsRefusedWithTheNameThatWasMeant(String name, String hint) {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://u@h/db?" + name + "=verify-full"))
                .hasMessage("has an unknown parameter '" + name + "'")
                .isInstanceOfSatisfying(
                        BadParameter.class, e -> assertThat(e.hint()).isEqualTo(hint));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u@h/db?sslmode=require, require",
        "postgresql://u@h/db?sslmode=require&sslrootcert=/ca.pem, verify-ca",
        "postgresql://u@h/db?ssl=true, require",
        "postgresql://u@h/db?ssl=true&sslrootcert=/ca.pem, verify-ca",
        "jdbc:postgresql://h/db?user=u&ssl=true, verify-full",
        "postgresql://u@h/db?sslrootcert=system, verify-full"
    })
    void theModeOfTlsMeansWhatItMeansToLibpq(String text, String mode) {
        assertThat(PostgresUrl.parse(text).query()).containsEntry("sslmode", mode);
        assertThat(PostgresUrl.parse(text).jdbcUrl()).contains("sslmode=" + mode);
        assertThat(PostgresUrl.parse(text).psqlUrl()).contains("sslmode=" + mode);
    }

    @Test
    void theAuthoritiesOfTheSystemNeedTheNameCheckedToo() {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://u@h/db?sslrootcert=system&sslmode=require"))
                .hasMessageContaining("beside sslrootcert=system");
        assertThat(PostgresUrl.parse("postgresql://u@h/db?sslrootcert=system").jdbcUrl())
                .contains("sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void whatFollowsAPasswordIsNotRepeated() {
        assertThatThrownBy(() -> PostgresUrl.parse("jdbc:postgresql://h/db?user=u&password=sec&ret=x"))
                .hasMessageContaining("'&' in a password")
                .message()
                .doesNotContain("ret=");
    }

    @Test
    void aHostThatWasJudgedIsConnectedToByThoseAddressesAlone() throws UnknownHostException {
        List<InetAddress> judged = List.of(InetAddress.getByName("10.0.0.2"), InetAddress.getByName("10.0.0.3"));
        PostgresUrl url = PostgresUrl.parse("postgresql://u@db,localhost:6000/x")
                .withHosts(List.of(new Host("db", 5432, judged), new Host("localhost", 6000)));
        assertThat(url.hostList()).isEqualTo("db:5432,localhost:6000");
        assertThat(url.psqlUrl())
                .isEqualTo("postgresql://u@db:5432,db:5432,localhost:6000/x?hostaddr=10.0.0.2%2C10.0.0.3%2C");
    }

    @Test
    void thePasswordIsNeverShown() {
        PostgresUrl url = PostgresUrl.parse("postgresql://u:secret@h/db?sslpassword=secret&sslmode=require");
        assertThat(url.toString()).isEqualTo("postgresql://u:****@h:5432/db?sslpassword=****&sslmode=require");
        assertThat(url.psqlUrl()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:secret@h/db",
                "postgresql://u:secret@h:port/db",
                "postgresql://u:sec/ret@h/db",
                "postgresql://u:secret%zz@h/db",
                "postgresql://u:secret@h/a/b",
                "postgresql://:secret@h",
                "postgresql://u:secret@h:99999/db",
                "postgresql://u:secret@h/db?sslmode",
                "postgresql://u:secret@%2Fvar%2Frun/db",
                "postgresql://u:secret@h/db#x",
                "postgresql://u:secret@h/db?host=other",
                "postgresql://u:secret@h:5432/db?port=6000",
                "postgresql://u:secret@h ret/db",
                "postgresql://u:secret@h%2eexample/db"
            })
    void whatCantBeUnderstoodIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret")
                .doesNotContain("sec")
                .doesNotContain("ret@");
    }
}
