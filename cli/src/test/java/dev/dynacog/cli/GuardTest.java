package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.StubAws;
import dev.dynacog.cli.testing.StubAws.Answer;
import dev.dynacog.local.DynamoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Production, played by a DynamoDB Local that only environment prod is pointed at. */
class GuardTest {
    private static final String TABLE = "cruddur-messages";

    private DynamoServer dynamo = LocalServers.freshDynamo();
    private Cli prod = Cli.inPipe();

    @BeforeEach
    void aTableInProduction() {
        String endpoint = dynamo.endpoint().toString();
        assertThat(Cli.inPipe()
                        .with("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
                        .run("schema-load")
                        .exit())
                .isZero();
        prod = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
                .with("AWS_ENDPOINT_URL_STS", endpoint)
                .with("AWS_REGION", "eu-west-1")
                .with("NO_COLOR", "1");
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    private boolean isThere() {
        return prod.run("--env", "prod", "list-tables", "--names").out().contains(TABLE);
    }

    @Test
    void withoutATerminalAndWithoutConfirmationNothingIsDropped() {
        Run drop = prod.run("--env", "prod", "drop", TABLE);
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err()).isEqualTo("""
                        error  environment prod is guarded and stdin is not a terminal
                        hint   pass --confirm cruddur-messages to proceed
                        """);
        assertThat(isThere()).isTrue();
    }

    @Test
    void withoutATerminalTheServerIsNotEvenAsked() {
        try (StubAws stub = new StubAws((operation, body, number) -> Answer.error(500, "x", "x"))) {
            Cli stubbed = prod.with("AWS_ENDPOINT_URL_DYNAMODB", stub.endpoint())
                    .with("AWS_ENDPOINT_URL_STS", stub.endpoint());
            assertThat(stubbed.run("--env", "prod", "drop", TABLE).exit()).isEqualTo(2);
            assertThat(stubbed.run("--env", "prod", "schema-load", "--apply").exit())
                    .isEqualTo(2);
            assertThat(stub.operations()).isEmpty();
        }
    }

    @Test
    void theWrongNameConfirmsNothing() {
        Run drop = prod.run("--env", "prod", "drop", TABLE, "--confirm", "other");
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err()).contains("--confirm names 'other', but the table is cruddur-messages");
        assertThat(isThere()).isTrue();
    }

    @Test
    void theRightNameConfirmsAndWhoAndWhereIsSaidFirst() {
        Run drop = prod.run("--env", "prod", "drop", TABLE, "--confirm", TABLE);
        assertThat(drop.exit()).isZero();
        assertThat(drop.err())
                .startsWith(" prod   account unknown · eu-west-1 · " + dynamo.endpoint() + "\n"
                        + "drop deletes the table cruddur-messages: 0 items, 0 B, 1 index, a stream.\n"
                        + "There is no undo.");
        assertThat(isThere()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes\n", "\n", "", "cruddur-message\n", "Cruddur-Messages\n"})
    void atATerminalAnythingButTheNameChangesNothing(String answer) {
        Run drop = prod.atTerminal(100, answer).run("--env", "prod", "drop", TABLE);
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(drop.err()).contains("Type the name of the table to go on:").contains("nothing was changed");
        assertThat(isThere()).isTrue();
    }

    @Test
    void atATerminalTheNameIsTypedAndTheTableGoes() {
        Run drop = prod.atTerminal(100, TABLE + "\n").run("--env", "prod", "drop", TABLE);
        assertThat(drop.exit()).isZero();
        assertThat(isThere()).isFalse();
    }

    @Test
    void dryRunAsksNothingAndDoesNothing() {
        Run drop = prod.run("--env", "prod", "drop", TABLE, "--dry-run");
        assertThat(drop.exit()).isZero();
        assertThat(drop.err()).contains("drop deletes the table");
        assertThat(isThere()).isTrue();
    }

    /** Defect 13. */
    @ParameterizedTest
    @ValueSource(strings = {"nonprod", "Prod", "prdo"})
    void prodIsNeverReachedByANameThatOnlyResemblesIt(String name) {
        Run drop = prod.run("--env", name, "drop", TABLE, "--confirm", TABLE);
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(isThere()).isTrue();
        assertThat(prod.with("DYNACOG_ENV", name)
                        .run("drop", TABLE, "--confirm", TABLE)
                        .exit())
                .isEqualTo(2);
        assertThat(isThere()).isTrue();
    }

    @Test
    void aNewTableInProductionIsConfirmedToo() {
        Run make = prod.run("--env", "prod", "schema-load", "--table", "other");
        assertThat(make.exit()).isEqualTo(2);
        assertThat(prod.run("--env", "prod", "schema-load", "--table", "other", "--confirm", "other")
                        .exit())
                .isZero();
        assertThat(prod.run("--env", "prod", "schema-load").exit()).isZero();
    }

    @Test
    void localIsGuardedWhenItsDatabaseIsSomewhereElse() {
        Run drop = prod.with("CONNECTION_URL", "postgresql://app@db.example.com/cruddur")
                .run("drop", TABLE);
        assertThat(drop.exit()).isEqualTo(2);
        assertThat(isThere()).isTrue();
    }
}
