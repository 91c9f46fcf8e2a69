package dev.dynacog.dynamo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSchemaTest {
    private static final String KEYS = """
              "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
              "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]
            """;

    private static TableSchema parse(String json) throws IOException {
        return TableSchema.parse(new StringReader(json), "t.json");
    }

    @Test
    void whatDescribeTablePrintsIsASchemaToo() throws IOException {
        TableSchema described = parse("""
                {"Table": {"TableName": "t", "TableStatus": "ACTIVE", "CreationDateTime": "2026-11-20T10:00:00+01:00",
                  "ItemCount": 3, "TableArn": "arn:x", "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
                  "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0, "NumberOfDecreasesToday": 0},
                  "SomethingNew": {"a": [1]},
                """ + KEYS + "}, \"ResponseMetadata\": {\"HTTPStatusCode\": 200}}");
        TableSchema written = parse("{\"TableName\": \"t\", \"BillingMode\": \"PAY_PER_REQUEST\"," + KEYS + "}");
        assertThat(described.toMap()).isEqualTo(written.toMap());
    }

    @Test
    void everythingThatCreateTableTakesSurvives() throws IOException {
        TableSchema schema = parse("""
                {"TableName": "t", "BillingMode": "PAY_PER_REQUEST", "TableClass": "STANDARD_INFREQUENT_ACCESS",
                 "SSESpecification": {"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": "k"},
                 "Tags": [{"Key": "team", "Value": "core"}],
                 "OnDemandThroughput": {"MaxReadRequestUnits": 5, "MaxWriteRequestUnits": 6},
                """ + KEYS + "}");
        assertThat(schema.toMap().toString())
                .contains("STANDARD_INFREQUENT_ACCESS", "KMS", "team", "MaxWriteRequestUnits=6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n  \"TableName\" \"t\"}|t.json:2:15 is not JSON",
                "{\n  \"TableName\": 5}|t.json:2:16 'TableName' must be a text",
                "{\n  \"TableNme\": \"t\"}|t.json:2:3 unknown member 'TableNme' in the table",
                "{\"TableName\": \"t\",\n \"ProvisionedThroughput\": {\"ReadCapacityUnits\": 1.5}}|t.json:2:49"
                        + " 'ReadCapacityUnits' must be a whole number",
                "{\"TableName\": \"t\", \"TableName\": \"u\"}|t.json:1:",
                "{\"KeySchema\": []}|t.json:1:1 has no TableName",
                "[]|t.json:1:1 'the table' must be an object",
                "|t.json is empty",
                "{\"TableName\": \"t\"|t.json:1:"
            })
    void aMistakeIsReportedWithLineAndColumn(String fileAndMessage) {
        String[] parts = fileAndMessage.split("\\|", -1);
        assertThatThrownBy(() -> parse(parts[0]))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith(parts[1]);
    }
}
