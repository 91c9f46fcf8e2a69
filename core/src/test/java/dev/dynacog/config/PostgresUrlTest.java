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

    /** What may be missing at each place of an address. */
    @ParameterizedTest
    @CsvSource({
        "postgresql:///a@b, postgresql://localhost:5432/a%40b",
        "postgresql://@h/db, postgresql://h:5432/db",
        "postgresql://:secret@h/db?user=u, postgresql://u:****@h:5432/db",
        "postgresql://:secret@h/db, postgresql://:****@h:5432/db",
        "postgresql://?host=h&dbname=db, postgresql://h:5432/db",
        "postgresql://?host=h&dbname=db&, postgresql://h:5432/db",
        "postgresql://:5433/db, postgresql://localhost:5433/db",
        "postgresql:///db?host=::1, postgresql://[::1]:5432/db",
        "postgresql://h:1/db, postgresql://h:1/db",
        "postgresql://h:65535/db, postgresql://h:65535/db",
        "'postgresql://a,b:6000/db', 'postgresql://a:5432,b:6000/db'",
        "'postgresql:///db?host=a,b&port=6000', 'postgresql://a:6000,b:6000/db'"
    })
    void whatIsMissingIsNotMadeUpFromItsNeighbour(String text, String meant) {
        assertThat(PostgresUrl.parse(text).masked()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://h, it has no database name",
        "postgresql://u@h:0/db, its port is not between 1 and 65535",
        "postgresql://u@h:65536/db, its port is not between 1 and 65535",
        "'postgresql:///db?host=a,b,c&port=1,2', the number of ports does not match the number of" + " hosts",
        "postgresql://u@h/db?host=other, it names its host twice",
        "postgresql://u@h/db?x, its query has a part without '='"
    })
    void whatIsWrongIsSaid(String text, String wrong) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong);
    }

    @Test
    void aChangedAddressKeepsWhatDidntChange() {
        PostgresUrl url = PostgresUrl.parse("postgresql://u@h/db?sslmode=require");
        assertThat(url.with("sslmode", "disable").masked()).isEqualTo("postgresql://u@h:5432/db?sslmode=disable");
        assertThat(url.withPassword("secret").password()).contains("secret");
        assertThat(url.withPassword("secret").masked()).isEqualTo("postgresql://u:****@h:5432/db?sslmode=require");
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
        "ApplicationNames, did you mean ApplicationName?",
        "tcpNoDelays, did you mean tcpNoDelay?",
        "x, see docs/postgres-addresses.md for the supported parameters",
        "foo, see docs/postgres-addresses.md for the supported parameters"
    })
    void whatNobodyKnowsIsRefusedWithTheNameThatWasMeant(String name, String hint) {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://u@h/db?" + name + "=verify-full"))
                .hasMessage("has an unknown parameter '" + name + "'")
                .isInstanceOfSatisfying(
                        BadParameter.class, e -> assertThat(e.hint()).isEqualTo(hint));
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=required, sets sslmode to 'required', 'did you mean require? it is disable, allow, prefer, require,"
                + " verify-ca or verify-full'",
        "sslsni=yes, sets sslsni to 'yes', it is 0 or 1",
        "tcpKeepAlive=yes, sets keepalives to 'yes', it is 0 or 1",
        "loadBalanceHosts=yes, sets load_balance_hosts to 'yes', it is disable or random",
        "connect_timeout=soon, sets connect_timeout to 'soon', it is a number of seconds",
        "ssl=1, sets ssl to '1', write sslmode=require or sslmode=verify-full",
        "ssl=, sets ssl to '', write sslmode=require or sslmode=verify-full",
        "ssl=false, sets ssl to 'false', write sslmode=require or sslmode=verify-full"
    })
    void aValueThatNobodyTakesIsRefusedWithThoseThatAre(String parameter, String wrong, String hint) {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://u@h/db?" + parameter))
                .hasMessage(wrong)
                .isInstanceOfSatisfying(
                        BadParameter.class, e -> assertThat(e.hint()).isEqualTo(hint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=", "connect_timeout=", "application_name=", "passfile=", "host=&port="})
    void whatIsEmptyIsAsGoodAsAbsent(String parameter) {
        assertThat(PostgresUrl.parse("postgresql://u@h/db?" + parameter).masked())
                .isEqualTo("postgresql://u@h:5432/db");
    }

    @ParameterizedTest
    @CsvSource({
        "tcpKeepAlive=true, keepalives=1, tcpKeepAlive=true",
        "tcpKeepAlive=false, keepalives=0, tcpKeepAlive=false",
        "loadBalanceHosts=true, load_balance_hosts=random, loadBalanceHosts=true",
        "loadBalanceHosts=false, load_balance_hosts=disable, loadBalanceHosts=false",
        "targetServerType=preferSecondary, target_session_attrs=prefer-standby, targetServerType=preferSecondary",
        "connect_timeout=-1, connect_timeout=-1, connectTimeout=-1",
        "ssl=, sslmode=verify-full, sslmode=verify-full",
        "ssl=true&sslmode=require, sslmode=require, sslmode=require"
    })
    void eachSideIsToldTheSameInItsOwnWords(String given, String psql, String driver) {
        PostgresUrl url = PostgresUrl.parse("jdbc:postgresql://h/db?user=u&" + given);
        assertThat(url.psqlUrl()).isEqualTo("postgresql://u@h:5432/db?" + psql);
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/db?" + driver);
    }

    @Test
    void theDriversOwnWordAgainstTlsIsTaken() {
        assertThat(PostgresUrl.parse("jdbc:postgresql://h/db?user=u&ssl=false").query())
                .isEmpty();
    }

    @Test
    void theOptionsOfTheSessionAreThoseOfTheAddressAndItsSchema() {
        assertThat(PostgresUrl.parse("postgresql://u@h/db").sessionOptions()).isEmpty();
        assertThat(PostgresUrl.parse("postgresql://u@h/db?options=-c%20a%3Db&currentSchema=x%20y")
                        .sessionOptions())
                .contains("-c a=b -c search_path=x\\ y");
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
