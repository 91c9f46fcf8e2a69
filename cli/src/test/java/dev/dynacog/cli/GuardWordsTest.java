package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.aws.AwsClients;
import dev.dynacog.cli.Write.Subject;
import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Terminal;
import dev.dynacog.cli.terminal.Terminal.Ttys;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard says and asks, word for word, and whom it lets through. */
@Timeout(60)
class GuardWordsTest {
    private static final String IDENTITY = """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
            <Arn>arn:aws:iam::222222222222:user/me</Arn><UserId>U</UserId><Account>222222222222</Account>\
            </GetCallerIdentityResult></GetCallerIdentityResponse>""";
    private static final Subject TABLE = new Subject("table", "t");
    private static final String ELSEWHERE = "8.8.8.8 is not on this machine or its network";

    @TempDir
    Path home = Path.of("");

    private final StubAws sts = new StubAws((operation, body, number) -> Answer.ok(IDENTITY));
    private final Map<String, String> variables = new HashMap<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Ttys ttys = Ttys.NONE;
    private String typed = "";

    @BeforeEach
    void somebodyKnown() {
        variables.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
        variables.put("AWS_REGION", "eu-west-1");
    }

    @AfterEach
    void close() {
        sts.close();
    }

    private void atTerminal(String answer) {
        ttys = Ttys.ALL;
        typed = answer;
    }

    /** What one use of the guard needs. */
    private interface Use {
        void with(Guard guard, Environment environment);
    }

    private void in(String name, Use use) {
        Environment environment = new SettingsLoader(variables, home, Folders.of(Map.of(), home))
                .load(new Flags(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty()))
                .environment();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                err,
                ttys,
                OptionalInt.of(200));
        try (AwsClients clients = new AwsClients(environment)) {
            use.with(
                    new Guard(
                            new Console(terminal, ColorMode.NEVER, Map.of()),
                            environment,
                            () -> clients,
                            new PinCheck(environment, () -> clients)),
                    environment);
        }
    }

    private void confirm(String name, String... confirmed) {
        in(name, (guard, environment) -> guard.confirm(TABLE, List.of(confirmed), () -> List.of(Text.of("It goes."))));
    }

    private boolean offered(String name, String... confirmed) {
        boolean[] allowed = {false};
        in(name, (guard, environment) -> allowed[0] = guard.offer(TABLE, List.of(confirmed)));
        return allowed[0];
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void pinned(String pin) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve(".config/dynacog")).resolve("dynacog.yaml"),
                "environments: {prod: {" + pin + "}}");
    }

    @Test
    void whatIsNotGuardedIsWrittenWithoutAWord() {
        confirm("local");
        assertThat(said()).isEmpty();
        assertThat(sts.operations()).isEmpty();
    }

    @Test
    void whoWritesWhereAndWhatIsSaidBeforeItIsAsked() {
        atTerminal("t\n");
        confirm("prod");
        assertThat(said()).isEqualTo("""
                 prod   account 222222222222 as user/me · eu-west-1 · dynamodb.eu-west-1.amazonaws.com
                It goes.
                Type the name of the table to go on:\s""");
    }

    @Test
    void whatWasConfirmedIsSaidAndNotAsked() {
        confirm("prod", "other", "t");
        assertThat(said()).endsWith("amazonaws.com\nIt goes.\n");
    }

    @Test
    void theEndpointIsSaidWhereThereIsOne() {
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "https://db.example.com");
        confirm("prod", "t");
        assertThat(said()).startsWith(" prod   account 222222222222 as user/me · eu-west-1 · https://db.example.com\n");
    }

    @Test
    void ofAnUnknownRegionNothingIsSaid() {
        variables.remove("AWS_REGION");
        confirm("prod", "t");
        assertThat(said()).startsWith(" prod   account unknown · dynamodb.amazonaws.com\n");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://app@db.example.com/shop, app at db.example.com:5432/shop",
        "postgresql://db.example.com/shop, db.example.com:5432/shop"
    })
    void ofADatabaseItIsSaidWhichAndAsWhom(String address, String place) {
        variables.put("PROD_CONNECTION_URL", address);
        in("prod", (guard, environment) -> {
            PostgresUrl url = environment.postgres().map(Sourced::value).orElseThrow();
            guard.confirm(Subject.database(url), List.of("shop"), List::of);
        });
        assertThat(said()).isEqualTo(" prod   account 222222222222 as user/me · eu-west-1 · " + place + "\n");
    }

    @ParameterizedTest
    @CsvSource({"'', not confirmed", "'\n', not confirmed", "'T\n', '''T'' is not t'", "'yes\n', '''yes'' is not t'"})
    void anotherWordThanTheNameIsANo(String answer, String told) {
        atTerminal(answer);
        assertThatThrownBy(() -> confirm("prod"))
                .isInstanceOf(DynacogException.Guarded.class)
                .hasMessage(told);
    }

    @Test
    void anotherNameConfirmsNothingEvenAtATerminal() {
        atTerminal("t\n");
        assertThatThrownBy(() -> confirm("prod", "a", "b"))
                .isInstanceOf(DynacogException.Guarded.class)
                .hasMessage("--confirm names 'a', 'b', but the table is t");
        assertThatThrownBy(() -> offered("prod", "a"))
                .isInstanceOf(DynacogException.Guarded.class)
                .hasMessage("--confirm names 'a', but the table is t");
        assertThat(said()).isEmpty();
    }

    @Test
    void withoutATerminalNothingIsAskedAndNobodyIsCalled() {
        assertThatThrownBy(() -> confirm("prod"))
                .isInstanceOfSatisfying(
                        DynacogException.Guarded.class,
                        refused -> assertThat(refused.hint()).isEqualTo("pass --confirm t to proceed"))
                .hasMessage("environment prod is guarded and stdin is not a terminal");
        assertThat(said()).isEmpty();
        assertThat(sts.operations()).isEmpty();
    }

    @Test
    void localThatLeadsElsewhereSaysWhere() {
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://8.8.8.8:8000");
        assertThatThrownBy(() -> confirm("local"))
                .hasMessage("environment local is guarded (" + ELSEWHERE + ") and stdin is not a terminal");
        confirm("local", "t");
        assertThat(said())
                .isEqualTo(" local   account unknown · eu-west-1 · http://8.8.8.8:8000\nlocal leads elsewhere: "
                        + ELSEWHERE + "\nIt goes.\n");
        err.reset();
        assertThat(offered("local")).isFalse();
        assertThat(said())
                .isEqualTo(" local   account unknown · eu-west-1 · http://8.8.8.8:8000\nlocal leads elsewhere: "
                        + ELSEWHERE + "\n");
    }

    @Test
    void whereOnlyReadingIsPossibleTooTheNameAllowsWrites() {
        atTerminal("t\n");
        assertThat(offered("prod")).isTrue();
        assertThat(said()).isEqualTo("""
                 prod   account 222222222222 as user/me · eu-west-1 · dynamodb.eu-west-1.amazonaws.com
                Type the name of the table to write, or press Enter for read-only:\s""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void whereOnlyReadingIsPossibleTooNothingMeansReading(String answer) {
        atTerminal(answer);
        assertThat(offered("prod")).isFalse();
    }

    @Test
    void whereOnlyReadingIsPossibleTooAnotherWordIsANo() {
        atTerminal("yes\n");
        assertThatThrownBy(() -> offered("prod"))
                .isInstanceOf(DynacogException.Guarded.class)
                .hasMessage("'yes' is not t");
    }

    @Test
    void whereOnlyReadingIsPossibleTooAPipeReads() {
        assertThat(offered("prod")).isFalse();
        assertThat(said()).endsWith("dynamodb.eu-west-1.amazonaws.com\n");
        assertThat(offered("prod", "t")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"regions: us-east-1", "account: '111111111111'"})
    void whatIsPinnedElsewhereIsConfirmedByNobody(String pin) throws IOException {
        pinned(pin);
        assertThatThrownBy(() -> confirm("prod", "t")).hasMessageStartingWith("environment prod is pinned: ");
        atTerminal("t\n");
        assertThatThrownBy(() -> confirm("prod")).hasMessageStartingWith("environment prod is pinned: ");
        assertThatThrownBy(() -> offered("prod")).hasMessageStartingWith("environment prod is pinned: ");
        pinned("regions: eu-west-1, account: '222222222222'");
        assertThatCode(() -> confirm("prod")).doesNotThrowAnyException();
        assertThat(offered("prod")).isTrue();
    }

    /** It would be a call to the environment. */
    @Test
    void theAccountIsNotAskedForWhatIsRefusedAnyway() throws IOException {
        pinned("account: '111111111111'");
        assertThatThrownBy(() -> confirm("prod", "other")).hasMessageStartingWith("--confirm names");
        assertThat(sts.operations()).isEmpty();
    }
}
