package dev.dynacog.cli.command.stream;

import dev.dynacog.cli.command.conversation.PeopleTones;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.dynamo.stream.Change;
import dev.dynacog.messages.GroupRow;
import dev.dynacog.messages.LastMessageProjector.Projected;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageTable;
import dev.dynacog.messages.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a stream tells, as records and as lines: when, what happened, who, and what. */
public final class StreamView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final int WIDEST = 120;
    private static final int NAME = 12;
    private static final int EVENT = 6;
    private static final int NAMES_KEPT = 1000;
    private static final int ID_SHOWN = 8;

    private final ZoneId zone;
    private final int columns;
    private final PeopleTones tones = new PeopleTones();

    /** Rows tell their owner's id alone; who that is comes up in other changes. */
    private final Map<String, String> handles = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > NAMES_KEPT;
        }
    };

    private Optional<LocalDate> day = Optional.empty();

    /**
     * @param columns how wide the terminal is
     */
    public StreamView(ZoneId zone, int columns) {
        this.zone = zone;
        this.columns = Math.min(columns, WIDEST);
    }

    public static Map<String, @Nullable Object> record(Change change) {
        List<String> first =
                new ArrayList<>(change.key().toMap(MessageTable.KEY).keySet());
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("at", change.at());
        record.put("event", word(change));
        record.put("key", change.key().toMap(first));
        record.put("new", change.now().map(item -> item.toMap(first)).orElse(null));
        record.put("old", change.before().map(item -> item.toMap(first)).orElse(null));
        record.put("expired", change.expired());
        record.put("shard", change.place().shard());
        record.put("sequence_number", change.place().sequenceNumber());
        return record;
    }

    /** What a batch came to. */
    public static Map<String, @Nullable Object> record(Instant at, int changes, Projected projected) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("at", at);
        record.put("changes", changes);
        record.put("messages", projected.messages());
        record.put("groups", projected.groups());
        record.put("moved", projected.moved());
        record.put("unchanged", projected.unchanged());
        record.put("without_rows", projected.withoutRows());
        record.put("failed", projected.failures().size());
        record.put("nameless", projected.nameless());
        return record;
    }

    /** A change, below the day when another one begins. */
    public List<Text> lines(Change change) {
        List<Text> lines = new ArrayList<>(dayOf(change.at()));
        Text line = Text.of(TIME.format(change.at().atZone(zone)), Tone.SECONDARY)
                .plus("  ")
                .plus(Text.of(word(change), tone(change)).padded(EVENT))
                .plus("  ")
                .plus(told(change));
        lines.add(line.cut(columns));
        return lines;
    }

    /** A batch that was projected. */
    public List<Text> lines(Instant at, Projected projected) {
        List<Text> lines = new ArrayList<>(dayOf(at));
        Text line = Text.of(TIME.format(at.atZone(zone)), Tone.SECONDARY)
                .plus("  ")
                .plus(Quantities.of(projected.messages(), "message", "messages"));
        line = projected.moved() == 0
                ? line
                : line.plus("  " + Quantities.of(projected.moved(), "group", "groups") + " moved", Tone.GOOD);
        line = projected.unchanged() == 0
                ? line
                : line.plus("  " + Quantities.count(projected.unchanged()) + " right already", Tone.SECONDARY);
        line = projected.withoutRows() == 0
                ? line
                : line.plus("  " + Quantities.count(projected.withoutRows()) + " in nobody's list", Tone.ATTENTION);
        int failed = projected.failures().size();
        line = failed == 0 ? line : line.plus("  " + Quantities.count(failed) + " failed", Tone.DANGER);
        line = projected.nameless() == 0
                ? line
                : line.plus("  " + Quantities.count(projected.nameless()) + " name no group", Tone.ATTENTION);
        lines.add(line.cut(columns));
        return lines;
    }

    private List<Text> dayOf(Instant at) {
        LocalDate now = at.atZone(zone).toLocalDate();
        if (day.filter(now::equals).isPresent()) {
            return List.of();
        }
        day = Optional.of(now);
        return List.of(Text.of(DAY.format(now), Tone.HEADING));
    }

    private static String word(Change change) {
        return change.event().name().toLowerCase(Locale.ROOT);
    }

    private static Tone tone(Change change) {
        return switch (change.event()) {
            case INSERT -> Tone.GOOD;
            case MODIFY -> Tone.ATTENTION;
            case REMOVE -> Tone.DANGER;
        };
    }

    /** Who, and what. */
    private Text told(Change change) {
        boolean shown = change.now().or(change::before).isPresent();
        MessageTable.Recognized recognized = MessageTable.recognize(change.item());
        if (recognized instanceof MessageTable.OfMessage of) {
            return shown
                    ? told(of.message())
                    : keyOnly("message", of.message().group(), of.message().key());
        }
        if (recognized instanceof MessageTable.OfRow of) {
            return shown
                    ? told(of.row())
                    : who(of.row().owner()).plus("  list, row of " + of.row().key(), Tone.SECONDARY);
        }
        if (recognized instanceof MessageTable.OfPair of) {
            return who(of.one()).plus("  and ", Tone.SECONDARY).plus(name(of.other()));
        }
        return foreign(change);
    }

    private Text told(Message message) {
        learn(message.sender());
        return who(message.sender().uuid())
                .plus("  " + oneLine(message.text()))
                .plus("  in " + shortened(message.group()), Tone.SECONDARY);
    }

    private Text told(GroupRow row) {
        learn(row.other());
        return who(row.owner())
                .plus("  list: ", Tone.SECONDARY)
                .plus(name(row.other().uuid()))
                .plus(" " + oneLine(row.lastMessage()), Tone.SECONDARY);
    }

    private static Text keyOnly(String what, String group, String key) {
        return Text.of("").padded(NAME).plus("  " + what + " of " + key + " in " + shortened(group), Tone.SECONDARY);
    }

    private Text foreign(Change change) {
        Map<String, @Nullable Object> key = change.key().toMap(MessageTable.KEY);
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(change.item().toMap(List.of()));
        rest.keySet().removeAll(key.keySet());
        Text what = Text.of(attributes(key), Tone.KEY);
        Map<String, @Nullable Object> before =
                change.before().map(item -> item.toMap(List.of())).orElse(Map.of());
        if (change.event() == Change.Event.MODIFY) {
            rest.entrySet().removeIf(each -> Objects.equals(before.get(each.getKey()), each.getValue()));
        }
        return rest.isEmpty() ? what : what.plus("  " + attributes(rest), Tone.SECONDARY);
    }

    private static String attributes(Map<String, @Nullable Object> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + oneLine(String.valueOf(attribute.getValue())))
                .collect(Collectors.joining(" "));
    }

    private void learn(Person person) {
        if (!person.uuid().isEmpty() && !person.handle().isEmpty()) {
            handles.put(person.uuid(), person.handle());
        }
    }

    private Text who(String uuid) {
        Text name = name(uuid);
        return name.width() > NAME ? name.cut(NAME) : name.padded(NAME);
    }

    private Text name(String uuid) {
        String handle = handles.get(uuid);
        return handle == null ? Text.of(shortened(uuid), Tone.SECONDARY) : Text.of(handle, tones.of(handle));
    }

    private static String shortened(String id) {
        return id.length() > ID_SHOWN ? id.substring(0, ID_SHOWN) : id;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
