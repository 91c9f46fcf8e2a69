package dev.dynacog.idsync;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the plan finds out about a user or a row. Each user of the pool is in exactly one; the names are an interface. */
public enum Category {
    /** The row gets the user's sub. */
    TO_UPDATE(Kind.CHANGE),
    /** The user gets a row. */
    TO_INSERT(Kind.CHANGE),
    /** The row has the user's sub. */
    ALREADY_RIGHT(Kind.FINE),
    /** No row has the user's handle. */
    ONLY_IN_COGNITO(Kind.FINE),
    /** No user has the row's handle. */
    ONLY_IN_POSTGRES(Kind.FINE),
    /** The user has no handle. */
    NO_HANDLE(Kind.AMBIGUOUS),
    /** Several users have the handle. */
    HANDLE_TWICE_IN_COGNITO(Kind.AMBIGUOUS),
    /** Several rows have the handle. */
    HANDLE_TWICE_IN_POSTGRES(Kind.AMBIGUOUS),
    /** The pool listed the sub with two handles: it was changed meanwhile. */
    SUB_TWICE_IN_COGNITO(Kind.AMBIGUOUS),
    /** Another row has the user's sub, and keeps it. */
    SUB_HELD_BY_ANOTHER_ROW(Kind.AMBIGUOUS),
    /** The sub doesn't look like one. */
    BAD_SUB(Kind.AMBIGUOUS),
    /** The handle can't be a text in Postgres. */
    BAD_HANDLE(Kind.AMBIGUOUS),
    /** Nobody has proved to be this user: anyone can sign up with a handle. */
    UNCONFIRMED(Kind.LEFT_ALONE);

    private enum Kind {
        CHANGE,
        FINE,
        AMBIGUOUS,
        LEFT_ALONE
    }

    private static final Map<String, Category> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Category::id, found -> found));

    private final Kind kind;
    private final String id;

    Category(Kind kind) {
        this.kind = kind;
        this.id = name().toLowerCase(Locale.ROOT);
    }

    /** Its name for scripts, and in SQL. */
    public String id() {
        return id;
    }

    static Category of(String id) {
        Category category = BY_ID.get(id);
        if (category == null) {
            throw new IllegalArgumentException(id);
        }
        return category;
    }

    public boolean isChange() {
        return kind == Kind.CHANGE;
    }

    /** Whether it takes a person to decide, so that {@code --strict} stops. */
    public boolean isAmbiguous() {
        return kind == Kind.AMBIGUOUS;
    }

    /** What a plan is sorted by: changes first, updates before new rows, the others by name. */
    String place() {
        return switch (this) {
            case TO_UPDATE -> "0";
            case TO_INSERT -> "1";
            default -> "2" + id();
        };
    }

    /** Whether a place that begins so is a change's. */
    static boolean isPlaceOfChange(byte first) {
        return first < '2';
    }

    public boolean isLeftAlone() {
        return kind == Kind.AMBIGUOUS || kind == Kind.LEFT_ALONE;
    }
}
