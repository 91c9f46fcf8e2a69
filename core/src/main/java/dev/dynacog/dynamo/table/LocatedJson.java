package dev.dynacog.dynamo.table;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.BoundedJson;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON document that remembers where each value stands, so that a mistake is reported with line and column. */
record LocatedJson(Value root, String source) {

    /** A value and the place where it begins. */
    sealed interface Value {
        Place at();
    }

    record Place(int line, int column) {}

    record Fields(Map<String, Field> byName, Place at) implements Value {}

    /** A member of an object: the place is that of its name. */
    record Field(Value value, Place nameAt) {}

    record Elements(List<Value> values, Place at) implements Value {}

    record Text(String text, Place at) implements Value {}

    record Digits(String digits, Place at) implements Value {}

    record Flag(boolean value, Place at) implements Value {}

    record Nothing(Place at) implements Value {}

    /** Ten times what CreateTable takes. */
    private static final BoundedJson BOUNDS = new BoundedJson(64, 4 << 20);

    private static final JsonFactory FACTORY = BOUNDS.factory()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static LocatedJson parse(Reader reader, String source) throws IOException {
        try (JsonParser parser = FACTORY.createParser(reader)) {
            if (parser.nextToken() == null) {
                throw new DynacogException.Usage(source + " is empty", "it must contain CreateTable JSON");
            }
            Value root = value(parser);
            if (parser.nextToken() != null) {
                Place at = place(parser.currentTokenLocation());
                throw new DynacogException.Usage(
                        source + ":" + at.line() + ":" + at.column() + " unexpected text after the end of the document",
                        "");
            }
            return new LocatedJson(root, source);
        } catch (JacksonException e) {
            Place at = place(e.getLocation());
            throw new DynacogException.Usage(
                    source + ":" + at.line() + ":" + at.column() + " " + BOUNDS.objection(e), "");
        }
    }

    private static Value value(JsonParser parser) throws IOException {
        Place at = place(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Field> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    Place nameAt = place(parser.currentTokenLocation());
                    parser.nextToken();
                    fields.put(name, new Field(value(parser), nameAt));
                }
                yield new Fields(fields, at);
            }
            case START_ARRAY -> {
                List<Value> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield new Elements(values, at);
            }
            case VALUE_TRUE, VALUE_FALSE -> new Flag(parser.getBooleanValue(), at);
            case VALUE_NULL -> new Nothing(at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText(), at);
            default -> new Text(parser.getText(), at);
        };
    }

    private static Place place(@Nullable JsonLocation location) {
        return location == null ? new Place(1, 1) : new Place(location.getLineNr(), location.getColumnNr());
    }

    DynacogException.Usage wrong(Place at, String what, String hint) {
        return new DynacogException.Usage(source + ":" + at.line() + ":" + at.column() + " " + what, hint);
    }
}
