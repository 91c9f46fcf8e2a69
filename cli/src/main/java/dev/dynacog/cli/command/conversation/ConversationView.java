package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.messages.Excerpt;
import dev.dynacog.messages.GroupRow;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation as records and as a page that reads downwards; a list of conversations as a table. */
public final class ConversationView {
    private static final int WIDEST = 100;
    private static final int WIDEST_PREVIEW = 60;
    private static final String INDENT = "  ";

    private final Times times;
    private final int columns;
    private final int nameWidth;
    private final PeopleTones tones = new PeopleTones();
    private String day = "";

    /**
     * @param columns how wide the terminal is
     * @param handles those who take part
     */
    public ConversationView(Times times, int columns, List<String> handles) {
        this.times = times;
        // Without a terminal nothing is wrapped; on a wide one lines stay as short as they are read well.
        this.columns = columns == Integer.MAX_VALUE ? columns : Math.min(columns, WIDEST);
        this.nameWidth = handles.stream()
                .mapToInt(handle -> Text.of(handle).width())
                .max()
                .orElse(0);
        handles.forEach(tones::of);
    }

    /** The fields that the app's API gives, then the ids. */
    public static Map<String, @Nullable Object> record(Message message) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("uuid", message.uuid());
        record.put("display_name", message.sender().displayName());
        record.put("handle", message.sender().handle());
        record.put("message", message.text());
        record.put("created_at", time(message.at(), message.key()));
        record.put("message_uuid", message.uuid());
        record.put("message_group_uuid", message.group());
        record.put("user_uuid", message.sender().uuid());
        return record;
    }

    /** The fields that the app's API gives, then the ids; the person is the other one. */
    public static Map<String, @Nullable Object> record(GroupRow row) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("uuid", row.group());
        record.put("display_name", row.other().displayName());
        record.put("handle", row.other().handle());
        record.put("message", row.lastMessage());
        record.put("created_at", time(row.at(), row.key()));
        record.put("message_group_uuid", row.group());
        record.put("user_uuid", row.other().uuid());
        return record;
    }

    /** A conversation as a table, for CSV and for {@code --query}. */
    public static View columns() {
        return View.of(
                Column.left("created_at", row -> Text.of(text(row, "created_at"))),
                Column.left("handle", row -> Text.of(text(row, "handle"))),
                Column.left("message", row -> Text.of(text(row, "message"))));
    }

    /** In the one form that sorts; what can't be read stays as it is. */
    private static String time(Optional<Instant> at, String key) {
        return at.map(MessageTime::write).orElse(key);
    }

    /** Who talks, and how much of it follows. */
    public List<Text> heading(String people, String amount) {
        Text who = Text.of(people, Tone.HEADING);
        int gap = columns - who.width() - Text.of(amount).width();
        Text heading = gap >= 2
                ? who.plus(" ".repeat(columns == Integer.MAX_VALUE ? 3 : gap)).plus(amount, Tone.SECONDARY)
                : who;
        return gap >= 2 ? List.of(heading, Text.EMPTY) : List.of(heading, Text.of(amount, Tone.SECONDARY), Text.EMPTY);
    }

    /** "104 messages, the newest 3 of them". */
    public static String amount(Excerpt<Message> excerpt) {
        int shown = excerpt.shown().size();
        if (!excerpt.more()) {
            return Quantities.of(shown, "message", "messages");
        }
        return excerpt.older().isPresent()
                ? Quantities.count(shown + excerpt.older().getAsLong()) + " messages, the newest "
                        + Quantities.count(shown) + " of them"
                : "the newest " + Quantities.count(shown) + " of more";
    }

    /** One message: who, when, and the text below. A day is said once. */
    public List<Text> lines(Message message) {
        List<Text> lines = new ArrayList<>();
        String handle = message.sender().handle();
        Text name = Text.of(handle, tones.of(handle));
        lines.add(name.padded(nameWidth).plus("   ").plus(when(message)));
        Text.wrapped(message.text(), Tone.PLAIN, Math.max(columns - INDENT.length(), 8))
                .forEach(line ->
                        lines.add(line.isEmpty() ? Text.EMPTY : Text.of(INDENT).plus(line)));
        return lines;
    }

    private Text when(Message message) {
        if (message.at().isEmpty()) {
            return Text.of("at '" + message.key() + "'", Tone.ATTENTION);
        }
        Instant at = message.at().get();
        String ofMessage = times.day(at);
        boolean first = !ofMessage.equals(day);
        day = ofMessage;
        Text when = Text.of(first ? ofMessage : " ".repeat(ofMessage.length()), Tone.SECONDARY)
                .plus("  " + times.time(at));
        return first ? when.plus("   " + times.age(at), Tone.SECONDARY) : when;
    }

    /** The list of somebody's conversations. */
    public static View list(Times times) {
        PeopleTones tones = new PeopleTones();
        return View.of(
                Column.left(
                        "with",
                        row -> Text.of(text(row, "handle"), tones.of(text(row, "handle")))
                                .plus(" " + text(row, "display_name"))),
                Column.left(
                        "last message",
                        row -> Text.of(text(row, "message").replaceAll("\\s+", " "))
                                .cut(WIDEST_PREVIEW)),
                Column.right("when", row -> when(row, times)));
    }

    private static Text when(Map<String, @Nullable Object> row, Times times) {
        String time = text(row, "created_at");
        return MessageTime.read(time)
                .map(at -> Text.of(times.shortly(at), Tone.SECONDARY))
                .orElse(Text.of(time, Tone.ATTENTION));
    }

    private static String text(Map<String, @Nullable Object> row, String field) {
        Object value = row.get(field);
        return value == null ? "" : value.toString();
    }
}
