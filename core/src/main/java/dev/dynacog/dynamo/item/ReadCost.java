package dev.dynacog.dynamo.item;

/**
 * What reading can cost at worst, in read units of eventually consistent reads: an item has 400 KB, a page ends with the
 * item that passes 1 MB, and 8 KB are a unit.
 *
 * @param item one item
 * @param page a page whose size the service chooses
 */
record ReadCost(double item, double page) {
    static final ReadCost TABLE_OR_GLOBAL_INDEX = new ReadCost(50, 178);

    /** What a local index lacks is fetched from the table, an item at a time, however many there are in a page. */
    static final ReadCost LOCAL_INDEX = new ReadCost(100, Double.POSITIVE_INFINITY);
}
