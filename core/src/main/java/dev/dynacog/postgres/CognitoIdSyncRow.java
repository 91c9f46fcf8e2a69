package dev.dynacog.postgres;

import java.util.Optional;

/**
 * A row of the table.
 *
 * @param match what is matched, exactly as it is there
 * @param old what the column for the sub has
 * @param place where the row is; nothing when that wasn't asked for
 */
record CognitoIdSyncRow(Optional<String> match, Optional<String> old, Optional<Place> place) {
    /** Where a row is, until somebody writes to it. */
    record Place(String table, String position) {}

    byte[] bytes() {
        return new Fields.Writer()
                .text(match)
                .text(old)
                .text(place.map(Place::table))
                .text(place.map(Place::position))
                .bytes();
    }

    static CognitoIdSyncRow of(Fields.Reader in) {
        Optional<String> match = in.text();
        Optional<String> old = in.text();
        Optional<String> table = in.text();
        Optional<String> position = in.text();
        return new CognitoIdSyncRow(match, old, table.map(found -> new Place(found, position.orElseThrow())));
    }
}
