package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.ItemQuery;
import dev.dynacog.dynamo.item.Write;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTableTest {
    private static Item key(String partition) {
        return Item.ofTexts(Map.of("pk", partition, "sk", "s"));
    }

    @Test
    void eachKindOfItemIsRecognizedAlsoByItsKeyAlone() {
        Item row = key("GRP#me");
        assertThat(MessageTable.recognize(key("MSG#g")))
                .isEqualTo(new MessageTable.OfMessage(
                        new Message("g", "", new Person("", "", ""), "", "s", Optional.empty())));
        assertThat(MessageTable.recognize(row))
                .isEqualTo(new MessageTable.OfRow(
                        new GroupRow("me", "", new Person("", "", ""), "", "s", Optional.empty(), row)));
        assertThat(MessageTable.recognize(key("PAIR#a#b"))).isEqualTo(new MessageTable.OfPair("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "USER#a", "PAIR#a", "PAIR#a#b#c", "OTHER#a#b", "msg#g"})
    void whatIsNothingOfThisModelIsForeign(String partition) {
        assertThat(MessageTable.recognize(key(partition))).isEqualTo(new MessageTable.Foreign());
        assertThat(MessageTable.isRow(key(partition))).isFalse();
        assertThat(MessageTable.isOfMessages(partition)).isFalse();
        assertThat(MessageTable.groupOfMessages(partition)).isEmpty();
    }

    @Test
    void aKeyOfMessagesNamesItsGroup() {
        assertThat(MessageTable.groupOfMessages("MSG#g")).contains("g");
        assertThat(MessageTable.groupOfMessages("MSG#")).isEmpty();
        assertThat(MessageTable.isRow(key("GRP#me"))).isTrue();
    }

    /** A partition key has 2048 bytes, and that of a pair has two ids and six characters. */
    @Test
    void anIdIsUsableWhenAKeyCanBeMadeOfTwo() {
        assertThat(MessageTable.isUsable("x".repeat(1021))).isTrue();
        assertThat(MessageTable.isUsable("x".repeat(1022))).isFalse();
        assertThat(MessageTable.isUsable("é".repeat(511))).isFalse();
        assertThat(MessageTable.isUsable("")).isFalse();
        assertThat(MessageTable.isUsable("\ud800")).isFalse();
        String longest = "x".repeat(1021);
        assertThat(MessageTable.pairKey(longest, longest).text("pk").orElseThrow())
                .hasSizeLessThanOrEqualTo(2048);
    }

    @Test
    void aPairHasOneKeyWhoeverIsNamedFirst() {
        assertThat(MessageTable.pairKey("a", "b").text("pk")).contains("PAIR#a#b");
        assertThat(MessageTable.pairKey("b", "a")).isEqualTo(MessageTable.pairKey("a", "b"));
        assertThat(MessageTable.groupOfPair(MessageTable.pair("a", "b", "g"))).contains("g");
        assertThat(MessageTable.groupOfPair(MessageTable.pair("a", "b", ""))).isEmpty();
    }

    @Test
    void messagesAndRowsStandUnderTheirGroupAndTheirOwner() {
        assertThat(MessageTable.messageKey("g", "s")).isEqualTo(key("MSG#g"));
        assertThat(MessageTable.rowKey("me", "s")).isEqualTo(key("GRP#me"));
        assertThat(MessageTable.messagesOf("g")).isEqualTo(ItemQuery.of("pk", "MSG#g"));
        assertThat(MessageTable.rowsOwnedBy("me")).isEqualTo(ItemQuery.of("pk", "GRP#me"));
        assertThat(MessageTable.indexedRowsOf("g"))
                .isEqualTo(ItemQuery.of("message_group_uuid", "g").on("message-group-sk-index"));
    }

    @Test
    void whatIsWrittenInBulkHasNoCondition() {
        Instant at = Instant.parse("2026-11-21T10:00:00Z");
        Item item = MessageTable.message("g", "m", BAYKO, "text", at);
        assertThat(BulkWrites.put("g", "m", BAYKO, "text", at)).isEqualTo(new Write.Put(item, Condition.NONE));
        assertThat(BulkWrites.delete(MessageTable.message(item)))
                .isEqualTo(new Write.Delete(
                        MessageTable.messageKey("g", "2026-11-21T10:00:00.000000+00:00"), Condition.NONE));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Instant at = Instant.parse("2026-11-21T10:00:00.000001Z");
        assertThat(MessageTable.message(MessageTable.message("g", "m", BAYKO, "text", at)))
                .isEqualTo(new Message("g", "m", BAYKO, "text", MessageTime.write(at), Optional.of(at)));
        Item row = MessageTable.row("me", "g", BAYKO, "text", at);
        assertThat(MessageTable.row(row))
                .isEqualTo(new GroupRow("me", "g", BAYKO, "text", MessageTime.write(at), Optional.of(at), row));
        assertThat(MessageTable.row(row).instant()).isEqualTo(at);
        assertThat(MessageTable.row(key("GRP#me")).instant()).isEqualTo(Instant.MIN);
    }
}
