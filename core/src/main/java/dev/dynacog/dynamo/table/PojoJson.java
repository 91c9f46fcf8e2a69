package dev.dynacog.dynamo.table;

import dev.dynacog.dynamo.table.LocatedJson.Elements;
import dev.dynacog.dynamo.table.LocatedJson.Fields;
import dev.dynacog.dynamo.table.LocatedJson.Flag;
import dev.dynacog.dynamo.table.LocatedJson.Nothing;
import dev.dynacog.dynamo.table.LocatedJson.Text;
import dev.dynacog.dynamo.table.LocatedJson.Value;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The service's own JSON to and from the SDK's types, by what the SDK says of its fields: whatever CreateTable takes, now
 * or after the next update of the SDK, is read and written without a line about it here.
 */
final class PojoJson {
    /** Whether a member that the SDK doesn't know is a mistake, or one of the many that only describe. */
    enum Unknown {
        REFUSE,
        SKIP
    }

    private final LocatedJson document;
    private final Unknown unknown;

    PojoJson(LocatedJson document, Unknown unknown) {
        this.document = document;
        this.unknown = unknown;
    }

    Object read(Value json, Supplier<SdkPojo> constructor, String what) {
        if (!(json instanceof Fields object)) {
            throw wrongType(json, what, "an object {...}");
        }
        SdkPojo builder = constructor.get();
        Map<String, SdkField<?>> known = new LinkedHashMap<>();
        builder.sdkFields().forEach(field -> known.put(field.locationName(), field));
        object.byName().forEach((name, member) -> {
            SdkField<?> field = known.get(name);
            if (field == null) {
                if (unknown == Unknown.REFUSE) {
                    throw document.wrong(
                            member.nameAt(),
                            "unknown member '" + name + "' in " + what,
                            "known: " + String.join(", ", known.keySet()));
                }
                return;
            }
            Object value = value(member.value(), field, name);
            if (value != null) {
                field.set(builder, value);
            }
        });
        return builder instanceof Buildable buildable ? buildable.build() : builder;
    }

    private @Nullable Object value(Value json, SdkField<?> field, String name) {
        if (json instanceof Nothing) {
            return null;
        }
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return read(json, field.constructor(), name);
        }
        if (type == MarshallingType.LIST) {
            if (!(json instanceof Elements elements)) {
                throw wrongType(json, name, "a list [...]");
            }
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            List<@Nullable Object> values = new ArrayList<>();
            elements.values().forEach(element -> values.add(value(element, member, name)));
            return values;
        }
        if (type == MarshallingType.MAP) {
            if (!(json instanceof Fields fields)) {
                throw wrongType(json, name, "an object {...}");
            }
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            fields.byName().forEach((key, entry) -> values.put(key, value(entry.value(), member, name)));
            return values;
        }
        if (type == MarshallingType.BOOLEAN) {
            if (!(json instanceof Flag flag)) {
                throw wrongType(json, name, "true or false");
            }
            return flag.value();
        }
        if (type == MarshallingType.STRING) {
            if (!(json instanceof Text text)) {
                throw wrongType(json, name, "a text \"...\"");
            }
            return text.text();
        }
        if (type == MarshallingType.LONG || type == MarshallingType.INTEGER) {
            return number(json, type, name);
        }
        // What is left are times and binary values: they describe, no table is made of them.
        return null;
    }

    private Object number(Value json, MarshallingType<?> type, String name) {
        if (json instanceof LocatedJson.Digits digits) {
            try {
                return type == MarshallingType.LONG
                        ? (Object) Long.valueOf(digits.digits())
                        : (Object) Integer.valueOf(digits.digits());
            } catch (NumberFormatException e) {
                throw wrongType(json, name, "a whole number");
            }
        }
        throw wrongType(json, name, "a whole number");
    }

    private DynacogException.Usage wrongType(Value json, String name, String expected) {
        return document.wrong(json.at(), "'" + name + "' must be " + expected, "");
    }

    /** What is set, in the order of the service's model. */
    static Map<String, Object> toMap(SdkPojo pojo) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                map.put(field.locationName(), plain(value));
            }
        }
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof SdkPojo pojo) {
            return toMap(pojo);
        }
        return value instanceof List<?> list
                ? list.stream().map(PojoJson::plain).toList()
                : value;
    }
}
