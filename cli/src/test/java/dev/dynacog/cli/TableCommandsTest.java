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

class TableCommandsTest {
    private DynamoServer dynamo = LocalServers.freshDynamo();
    private Cli cli = Cli.inPipe();

    @BeforeEach
    void pointAtAServerOfOurOwn() {
        cli = cli.with("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
    }

    @AfterEach
    void close() {
        dynamo.close();
    }

    @Test
    void theMessageTableIsMadeOnceAndFoundTheNextTime() {
        assertThat(cli.run("schema-load").out())
                .isEqualTo("{\"table\":\"cruddur-messages\",\"action\":\"created\",\"differences\":[]}\n");
        Run again = cli.run("schema-load");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("\"action\":\"same\"");
    }

    /** A hint that showed the AWS CLI's command would have led to production. */
    @Test
    void aProtectedTableIsDroppedOnlyWithUnprotect() {
        cli.run("schema-load", "--deletion-protection");
        Run drop = cli.run("drop", "cruddur-messages");
        assertThat(drop.exit()).isEqualTo(1);
        assertThat(drop.err()).isEqualTo("""
                        error  table cruddur-messages has deletion protection
                        hint   dynacog drop cruddur-messages --unprotect turns it off and deletes the table
                        """);
        assertThat(cli.run("drop", "cruddur-messages", "--unprotect", "--dry-run")
                        .err())
                .contains("It has deletion protection: --unprotect turns it off first.");
        assertThat(cli.run("list-tables", "--names").out()).contains("cruddur-messages");
        assertThat(cli.run("describe", "cruddur-messages").out()).contains("\"DeletionProtectionEnabled\":true");
        assertThat(cli.run("drop", "cruddur-messages", "--unprotect").exit()).isZero();
        assertThat(cli.run("list-tables", "--names").out()).doesNotContain("cruddur-messages");
    }

    @Test
    void whatTheServiceDidNotTakeIsDifferentAfterApplyToo() {
        String table = """
                {"Table":{"TableName":"cruddur-messages","TableStatus":"ACTIVE","ItemCount":0,"TableSizeBytes":0,
                "TableArn":"arn:aws:dynamodb:eu-west-1:1:table/cruddur-messages",
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                "AttributeDefinitions":[{"AttributeName":"message_group_uuid","AttributeType":"S"},
                {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}],
                "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
                "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},
                "GlobalSecondaryIndexes":[{"IndexName":"message-group-sk-index","IndexStatus":"ACTIVE",
                "KeySchema":[{"AttributeName":"message_group_uuid","KeyType":"HASH"},
                {"AttributeName":"sk","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"},
                "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}]}}""";
        try (StubAws deaf = new StubAws((operation, body, number) ->
                Answer.ok(operation.equals("UpdateTable") ? "{\"TableDescription\":{}}" : table))) {
            Run apply = Cli.inPipe()
                    .with("AWS_ENDPOINT_URL_DYNAMODB", deaf.endpoint())
                    .run("schema-load", "--on-demand", "--apply");
            assertThat(deaf.operations()).contains("UpdateTable");
            assertThat(apply.exit()).isEqualTo(6);
            assertThat(apply.out()).contains("\"what\":\"billing\",\"wanted\":\"on demand\",\"found\":\"5/5\"");
        }
    }

    @Test
    void listTablesShowsStatusSizeBillingAndIndexesOnATerminal() {
        cli.run("schema-load");
        Run list = cli.with("NO_COLOR", "1").atTerminal(80, "").run("list-tables");
        assertThat(list.out()).isEqualTo("""
                        TABLE             STATUS  ITEMS  SIZE  BILLING  INDEXES
                        cruddur-messages  ACTIVE      0   0 B  5/5      message-group-sk-index
                        """);
        assertThat(list.err()).isEqualTo("1 table · local " + dynamo.endpoint() + "\n");
    }

    @Test
    void noTablesSaysWhyThereMayBeNone() {
        Run list = cli.run("list-tables");
        assertThat(list.exit()).isZero();
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).contains("-sharedDb");
    }

    @Test
    void aDifferentTableIsReportedAndLeftAlone() {
        cli.run("schema-load");
        Run different = cli.run("schema-load", "--on-demand");
        assertThat(different.exit()).isEqualTo(6);
        assertThat(different.out()).contains("\"what\":\"billing\",\"wanted\":\"on demand\",\"found\":\"5/5\"");
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    @Test
    void applyMakesTheChangesThatUpdateTableCanMake() {
        cli.run("schema-load");
        assertThat(cli.run("schema-load", "--on-demand", "--apply").out()).contains("\"action\":\"changed\"");
        assertThat(cli.run("schema-load", "--on-demand").exit()).isZero();
        assertThat(cli.run("schema-load", "--apply").exit()).isZero();
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    @Test
    void aTableThatIsNotThereIsNotFound() {
        assertThat(cli.run("drop", "nothing").exit()).isEqualTo(3);
        assertThat(cli.run("drop", "nothing", "--if-exists").exit()).isZero();
        assertThat(cli.run("describe", "nothing").exit()).isEqualTo(3);
        assertThat(cli.run("scan", "nothing").exit()).isEqualTo(3);
    }

    @Test
    void dropDeletesTheTable() {
        cli.run("schema-load");
        assertThat(cli.run("drop", "cruddur-messages", "--dry-run").exit()).isZero();
        assertThat(cli.run("list-tables", "--names").out()).isEqualTo("{\"name\":\"cruddur-messages\"}\n");
        assertThat(cli.run("drop", "cruddur-messages").exit()).isZero();
        assertThat(cli.run("list-tables", "--names").out()).isEmpty();
    }
}
