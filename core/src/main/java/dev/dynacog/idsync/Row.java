package dev.dynacog.idsync;

import java.util.Optional;

/**
 * A row of the table.
 *
 * @param match what is matched, exactly as it is there
 * @param old what the column for the sub has
 * @param place where the row is; nothing when that wasn't asked for
 */
record Row(Optional<String> match, Optional<String> old, Optional<Place> place) {
    /** Where a row is, until somebody writes to it. */
    record Place(String table, String position) {}

    byte[] bytes() {
        Fields.Writer out = new Fields.Writer();
        out.text(match).text(old);
        writePlaceTo(out);
        return out.bytes();
    }

    void writePlaceTo(Fields.Writer out) {
        out.text(place.map(Place::table)).text(place.map(Place::position));
    }

    static Row of(Fields.Reader in) {
        return new Row(in.text(), in.text(), placeOf(in));
    }

    static Optional<Place> placeOf(Fields.Reader in) {
        Optional<String> table = in.text();
        Optional<String> position = in.text();
        return table.map(found -> new Place(found, position.orElseThrow()));
    }
}
