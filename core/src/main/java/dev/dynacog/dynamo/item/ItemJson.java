package dev.dynacog.dynamo.item;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.BoundedJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as plain Java values and back. <em>Plain</em> is what a person or a script expects of JSON: numbers with every
 * digit, sets as lists, binary as Base64. <em>Typed</em> is DynamoDB's own form, which loses nothing.
 */
public final class ItemJson {
    /** In which of the two forms items are given. */
    public enum Form {
        PLAIN,
        TYPED
    }

    /** DynamoDB nests 32 deep, each level of which is two of the typed form; an item has 400 KB. */
    private static final BoundedJson BOUNDS = new BoundedJson(72, 4 << 20);

    private static final JsonFactory FACTORY = BOUNDS.factory().build();
    private static final int LONGEST_NUMBER = 300;
    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

    private ItemJson() {}

    /** An item as a map whose values are strings, numbers, booleans, nulls, lists and maps; the given names come first. */
    static Map<String, @Nullable Object> toMap(Map<String, AttributeValue> item, Form form, List<String> first) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name : first) {
            AttributeValue value = item.get(name);
            if (value != null) {
                map.put(name, convert(value, form));
            }
        }
        for (String name : new TreeSet<>(item.keySet())) {
            map.putIfAbsent(name, convert(item.get(name), form));
        }
        return map;
    }

    private static @Nullable Object convert(@Nullable AttributeValue value, Form form) {
        if (value == null) {
            return null;
        }
        return form == Form.PLAIN ? plain(value) : typed(value);
    }

    private static @Nullable Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> digits(value.n());
            case B -> base64(value.b());
            case BOOL -> value.bool();
            case NUL -> null;
            case SS -> List.copyOf(value.ss());
            case NS -> value.ns().stream().map(ItemJson::digits).toList();
            case BS -> value.bs().stream().map(ItemJson::base64).toList();
            case L -> {
                List<@Nullable Object> list = new ArrayList<>(value.l().size());
                value.l().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case M -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                value.m().forEach((name, member) -> map.put(name, plain(member)));
                yield map;
            }
            case UNKNOWN_TO_SDK_VERSION -> throw unknownType();
        };
    }

    private static Map<String, Object> typed(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case B -> Map.of("B", base64(value.b()));
            case BOOL -> Map.of("BOOL", value.bool());
            case NUL -> Map.of("NULL", true);
            case SS -> Map.of("SS", value.ss());
            case NS -> Map.of("NS", value.ns());
            case BS -> Map.of("BS", value.bs().stream().map(ItemJson::base64).toList());
            case L -> Map.of("L", value.l().stream().map(ItemJson::typed).toList());
            case M -> {
                Map<String, Object> map = new LinkedHashMap<>();
                value.m().forEach((name, member) -> map.put(name, typed(member)));
                yield Map.of("M", map);
            }
            case UNKNOWN_TO_SDK_VERSION -> throw unknownType();
        };
    }

    /** A service's number has 38 digits, 130 places away from the point at most; what is longer takes Java minutes to read. */
    private static BigDecimal digits(String number) {
        try {
            if (number.length() <= LONGEST_NUMBER) {
                BigDecimal digits = new BigDecimal(number);
                if (Math.abs((long) digits.scale()) <= LONGEST_NUMBER) {
                    return digits;
                }
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        String begin = number.length() <= 40 ? number : number.substring(0, 40) + "… (" + number.length() + " digits)";
        throw new DynacogException.Failed(
                "the endpoint answered an item with the number " + begin + ", which DynamoDB doesn't have",
                "check the endpoint: dynacog config show");
    }

    private static DynacogException unknownType() {
        return new DynacogException.Failed(
                "an attribute has a type that this version of dynacog does not support", "update dynacog");
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    /**
     * A value as it is given on a command line: a text, unless it has DynamoDB's typed form, {@code {"N":"5"}}.
     *
     * @param what names the value in a complaint
     */
    static AttributeValue parse(String text, String what) {
        if (!text.startsWith("{")) {
            return AttributeValue.fromS(text);
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            AttributeValue value = readTyped(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("unexpected text after the end");
            }
            return value;
        } catch (JacksonException e) {
            throw notTyped(what, "it " + BOUNDS.objection(e));
        } catch (IllegalArgumentException | IOException e) {
            throw notTyped(what, String.valueOf(e.getMessage()));
        }
    }

    private static DynacogException.Usage notTyped(String what, String why) {
        return new DynacogException.Usage(
                what + " starts with '{' but is not a typed value: " + why,
                "typed values look like {\"N\":\"5\"}; write a string with a brace as {\"S\":\"{...\"}");
    }

    private static AttributeValue readTyped(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT || parser.nextToken() != JsonToken.FIELD_NAME) {
            throw new IllegalArgumentException("it must be an object with one member");
        }
        String type = parser.currentName();
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("'" + type + "' is none of " + String.join(", ", new TreeSet<>(TYPES)));
        }
        parser.nextToken();
        AttributeValue value = switch (type) {
            case "S" -> AttributeValue.fromS(text(parser));
            case "N" -> AttributeValue.fromN(number(parser));
            case "B" -> AttributeValue.fromB(bytes(text(parser)));
            case "BOOL" -> AttributeValue.fromBool(flag(parser));
            case "NULL" -> AttributeValue.fromNul(flag(parser));
            case "SS" -> AttributeValue.fromSs(list(parser, ItemJson::text));
            case "NS" -> AttributeValue.fromNs(list(parser, ItemJson::number));
            case "BS" -> AttributeValue.fromBs(list(parser, each -> bytes(text(each))));
            case "L" -> AttributeValue.fromL(list(parser, ItemJson::readTyped));
            default -> AttributeValue.fromM(members(parser));
        };
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("it must have one member");
        }
        return value;
    }

    private interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> List<T> list(JsonParser parser, Reader<T> reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("a list is missing");
        }
        List<T> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(reader.read(parser));
        }
        return values;
    }

    private static Map<String, AttributeValue> members(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object is missing");
        }
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, readTyped(parser));
        }
        return members;
    }

    private static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("a text is missing");
        }
        return parser.getText();
    }

    private static String number(JsonParser parser) throws IOException {
        String digits = text(parser);
        if (digits.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("a number has " + digits.length() + " digits");
        }
        try {
            new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + digits + "' is not a number", e);
        }
        return digits;
    }

    private static boolean flag(JsonParser parser) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw new IllegalArgumentException("true or false is missing");
        }
        return parser.getBooleanValue();
    }

    private static SdkBytes bytes(String base64) {
        return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    }
}
