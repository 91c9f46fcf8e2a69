package dev.dynacog.dynamo.item;

import java.util.Optional;

/** A question for the items of one partition, of a table or of an index of it. */
public record ItemQuery(
        Partition partition, Optional<Range> range, Condition filter, Optional<String> index, Manner manner) {

    /** The partition: its key's name and value. */
    public record Partition(String name, String value) {}

    /** From one sort key to another, both included. */
    public record Range(String name, String from, String to) {}

    /**
     * How it is read.
     *
     * @param pageSize how many items a request reads; 0 for as many as the service gives
     */
    public record Manner(boolean backwards, boolean consistent, int pageSize) {}

    public static ItemQuery of(String keyName, String value) {
        return new ItemQuery(
                new Partition(keyName, value),
                Optional.empty(),
                Condition.NONE,
                Optional.empty(),
                new Manner(false, false, 0));
    }

    public ItemQuery between(String sortName, String from, String to) {
        return new ItemQuery(partition, Optional.of(new Range(sortName, from, to)), filter, index, manner);
    }

    /** Only the items for which this holds. They are read, and paid for, all the same. */
    public ItemQuery where(Condition condition) {
        return new ItemQuery(partition, range, condition, index, manner);
    }

    public ItemQuery on(String indexName) {
        return new ItemQuery(partition, range, filter, Optional.of(indexName), manner);
    }

    public ItemQuery backwards() {
        return new ItemQuery(partition, range, filter, index, new Manner(true, manner.consistent, manner.pageSize));
    }

    public ItemQuery consistent() {
        return new ItemQuery(partition, range, filter, index, new Manner(manner.backwards, true, manner.pageSize));
    }

    public ItemQuery inPagesOf(int size) {
        return new ItemQuery(partition, range, filter, index, new Manner(manner.backwards, manner.consistent, size));
    }
}
