package dev.dynacog.messages;

import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.ItemQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The single table's model: its keys, its index, and what stands in a row of each kind. */
public final class MessageTable {
    static final String PARTITION = "pk";
    static final String SORT = "sk";
    static final String GROUP = "message_group_uuid";
    static final String TEXT = "message";
    static final String USER = "user_uuid";

    private static final String MESSAGE_ID = "message_uuid";
    private static final String HANDLE = "user_handle";
    private static final String DISPLAY_NAME = "user_display_name";
    static final String INDEX = "message-group-sk-index";

    private static final String GROUP_ROW = "GRP#";
    private static final String MESSAGE = "MSG#";
    private static final String PAIR = "PAIR#";
    /** A pair has one row, so its sort key is always the same. */
    private static final String PAIR_SORT = "pair";
    /** Not the name by which the index finds groups: a pair must stay out of it. */
    static final String PAIR_GROUP = "pair_group_uuid";

    /** A partition key has at most 2048 bytes, and the longest here is that of a pair. */
    private static final int LONGEST_ID = (2048 - PAIR.length() - 1) / 2;

    /** The names of the key's attributes, which are shown first. */
    public static final List<String> KEY = List.of(PARTITION, SORT);

    /** That there is no item with that key. */
    static final Condition ABSENT = Condition.absent(PARTITION);

    private MessageTable() {}

    /** Whether a partition key is that of messages. */
    static boolean isOfMessages(String partition) {
        return partition.startsWith(MESSAGE);
    }

    /** The group that a partition key of messages names; nothing when it is no such key, or names none. */
    public static Optional<String> groupOfMessages(String partition) {
        return isOfMessages(partition)
                ? Optional.of(partition.substring(MESSAGE.length())).filter(group -> !group.isEmpty())
                : Optional.empty();
    }

    /** Whether an item is a row in somebody's list. Others may carry a group's id too, and so be in the index. */
    static boolean isRow(Item item) {
        return text(item, PARTITION).startsWith(GROUP_ROW);
    }

    /** Whether an id is one that keys can be made of: what an app wrote may be empty, or longer than a key. */
    public static boolean isUsable(String id) {
        return !id.isEmpty()
                && StandardCharsets.UTF_8.newEncoder().canEncode(id)
                && id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID;
    }

    /** What an item of the table is. Of one that was removed there may be no more than its key. */
    public sealed interface Recognized {}

    public record OfMessage(Message message) implements Recognized {}

    public record OfRow(GroupRow row) implements Recognized {}

    public record OfPair(String one, String other) implements Recognized {}

    /** Nothing of this model. */
    public record Foreign() implements Recognized {}

    public static Recognized recognize(Item item) {
        String partition = text(item, PARTITION);
        if (partition.startsWith(MESSAGE)) {
            return new OfMessage(message(item));
        }
        if (partition.startsWith(GROUP_ROW)) {
            return new OfRow(row(item));
        }
        String[] parts = partition.split("#", -1);
        return partition.startsWith(PAIR) && parts.length == 3 ? new OfPair(parts[1], parts[2]) : new Foreign();
    }

    static ItemQuery messagesOf(String group) {
        return ItemQuery.of(PARTITION, MESSAGE + group);
    }

    static ItemQuery rowsOwnedBy(String owner) {
        return ItemQuery.of(PARTITION, GROUP_ROW + owner);
    }

    /** All rows of a group, as far as the index knows. */
    static ItemQuery indexedRowsOf(String group) {
        return ItemQuery.of(GROUP, group).on(INDEX);
    }

    static Item messageKey(String group, String sort) {
        return Item.ofTexts(Map.of(PARTITION, MESSAGE + group, SORT, sort));
    }

    static Item rowKey(String owner, String sort) {
        return Item.ofTexts(Map.of(PARTITION, GROUP_ROW + owner, SORT, sort));
    }

    static Item pairKey(String one, String other) {
        String pair = Stream.of(one, other).sorted().collect(Collectors.joining("#"));
        return Item.ofTexts(Map.of(PARTITION, PAIR + pair, SORT, PAIR_SORT));
    }

    static Item pair(String one, String other, String group) {
        return pairKey(one, other).with(PAIR_GROUP, group);
    }

    static Optional<String> groupOfPair(Item pair) {
        return pair.text(PAIR_GROUP).filter(MessageTable::isUsable);
    }

    /** A new message; its time becomes its key. */
    static Item message(String group, String uuid, Person sender, String text, Instant at) {
        Map<String, String> texts = new HashMap<>();
        texts.put(MESSAGE_ID, uuid);
        return withPerson(texts, MESSAGE + group, at, sender, text);
    }

    /** A new row in the owner's list, naming the other. */
    static Item row(String owner, String group, Person other, String lastMessage, Instant at) {
        Map<String, String> texts = new HashMap<>();
        texts.put(GROUP, group);
        return withPerson(texts, GROUP_ROW + owner, at, other, lastMessage);
    }

    private static Item withPerson(
            Map<String, String> texts, String partition, Instant at, Person person, String message) {
        texts.put(PARTITION, partition);
        texts.put(SORT, MessageTime.write(at));
        texts.put(TEXT, message);
        texts.put(USER, person.uuid());
        texts.put(HANDLE, person.handle());
        texts.put(DISPLAY_NAME, person.displayName());
        return Item.ofTexts(texts);
    }

    /** A stored message. What is missing in it is empty: a reader dies of nothing that it finds. */
    static Message message(Item item) {
        String key = text(item, SORT);
        return new Message(
                groupOfMessages(text(item, PARTITION)).orElse(""),
                text(item, MESSAGE_ID),
                person(item),
                text(item, TEXT),
                key,
                MessageTime.read(key));
    }

    static GroupRow row(Item item) {
        String key = text(item, SORT);
        String partition = text(item, PARTITION);
        return new GroupRow(
                partition.startsWith(GROUP_ROW) ? partition.substring(GROUP_ROW.length()) : partition,
                text(item, GROUP),
                person(item),
                text(item, TEXT),
                key,
                MessageTime.read(key),
                item);
    }

    private static Person person(Item item) {
        return new Person(text(item, USER), text(item, HANDLE), text(item, DISPLAY_NAME));
    }

    private static String text(Item item, String name) {
        return item.text(name).orElse("");
    }
}
