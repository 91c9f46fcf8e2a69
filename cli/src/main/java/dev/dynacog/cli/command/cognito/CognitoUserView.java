package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.render.View.Column;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.cognito.CognitoUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users of a pool. */
public final class CognitoUserView {
    private static final Text NOTHING = Text.of("—", Tone.SECONDARY);

    private CognitoUserView() {}

    /**
     * The record of a user: the usual fields, the attributes that were asked for, and all attributes.
     *
     * @param more attributes that get a field of their own
     */
    public static Map<String, @Nullable Object> record(CognitoUser user, List<String> more) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("handle", user.handle().orElse(null));
        record.put("sub", user.sub().orElse(null));
        record.put("email", user.email().orElse(null));
        record.put("email_verified", user.email().isPresent() ? user.isVerified("email") : null);
        record.put("status", user.status());
        record.put("enabled", user.enabled());
        record.put("created", user.created().orElse(null));
        record.put("last_modified", user.modified().orElse(null));
        record.put("username", user.username());
        for (String attribute : more) {
            record.putIfAbsent(attribute, user.attribute(attribute).orElse(null));
        }
        record.put("attributes", user.attributes());
        return record;
    }

    public static View list(Times times, List<String> more) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.left("handle", row -> text(row, "handle", Tone.KEY)));
        columns.add(Column.whole("sub", row -> text(row, "sub", Tone.PLAIN)));
        columns.add(Column.left("e-mail", CognitoUserView::email));
        for (String attribute : more) {
            columns.add(Column.left(attribute, row -> text(row, attribute, Tone.PLAIN)));
        }
        columns.add(Column.left("status", row -> status(String.valueOf(row.get("status")))));
        columns.add(Column.left("enabled", CognitoUserView::enabled));
        columns.add(Column.left("created", row -> time(row, "created", times)));
        columns.add(Column.left("last modified", row -> time(row, "last_modified", times)));
        return new View(columns);
    }

    private static Text text(Map<String, @Nullable Object> row, String field, Tone tone) {
        Object value = row.get(field);
        return value == null ? NOTHING : Text.of(value.toString(), tone);
    }

    private static Text email(Map<String, @Nullable Object> row) {
        Text email = text(row, "email", Tone.PLAIN);
        return Boolean.FALSE.equals(row.get("email_verified")) ? email.plus(" unverified", Tone.ATTENTION) : email;
    }

    private static Text status(String status) {
        return Text.of(
                status,
                switch (status) {
                    case "CONFIRMED", "EXTERNAL_PROVIDER" -> Tone.GOOD;
                    case "COMPROMISED" -> Tone.DANGER;
                    default -> Tone.ATTENTION;
                });
    }

    private static Text enabled(Map<String, @Nullable Object> row) {
        return Boolean.TRUE.equals(row.get("enabled")) ? Text.of("yes") : Text.of("no", Tone.DANGER);
    }

    private static Text time(Map<String, @Nullable Object> row, String field, Times times) {
        return row.get(field) instanceof Instant moment ? Text.of(times.full(moment)) : NOTHING;
    }
}
