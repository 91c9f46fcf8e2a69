package dev.dynacog.idsync;

import dev.dynacog.error.DynacogException;
import dev.dynacog.postgres.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds that a column keeps every value exactly as it is: asked of Postgres itself, which alone knows its types, and before
 * anything is written.
 */
final class Fit {
    private static final int AT_ONCE = 5_000;
    private static final int SHOWN = 60;

    private final Connection connection;
    private final SyncRequest request;
    private final TargetTable target;

    Fit(Connection connection, SyncRequest request, TargetTable target) {
        this.connection = connection;
        this.request = request;
        this.target = target;
    }

    /** Before the pool is listed: a column that takes no sub at all. */
    void requireOfAnySub() throws SQLException {
        TargetTable.Column id = target.column(request.idColumn());
        List<@Nullable String> some = new ArrayList<>();
        some.add(UUID.randomUUID().toString());
        // A domain may know which subs there are; a type can't.
        Optional<Misfit> misfit = misfit(id, some);
        if (misfit.isPresent() && !misfit.get().isOfAConstraint()) {
            // The value that it was tried with is nobody's.
            throw refusal(id, "a sub (36 characters)", "");
        }
    }

    /** Every value that would be written. */
    void require(Plan plan) throws SQLException {
        TargetTable.Column id = target.column(request.idColumn());
        Map<TargetTable.Column, Function<PoolUser, Optional<String>>> ofNewRow = target.valuesOfNewRow(request);
        Plan.Changes changes = plan.changes();
        while (changes.hasNext()) {
            Map<TargetTable.Column, List<@Nullable String>> values = new LinkedHashMap<>();
            for (int i = 0; i < AT_ONCE && changes.hasNext(); i++) {
                Change change = changes.next();
                if (change.entry().category() == Category.TO_UPDATE) {
                    add(values, id, change.entry().sub());
                } else {
                    ofNewRow.forEach((column, value) -> add(values, column, value.apply(change.person())));
                }
            }
            for (Map.Entry<TargetTable.Column, List<@Nullable String>> of : values.entrySet()) {
                Optional<Misfit> misfit = misfit(of.getKey(), of.getValue());
                if (misfit.isPresent()) {
                    throw refusal(
                            of.getKey(),
                            shown(String.valueOf(of.getValue().get(misfit.get().index))),
                            misfit.get().why.map(why -> ": " + why).orElse(""));
                }
            }
        }
    }

    private static void add(
            Map<TargetTable.Column, List<@Nullable String>> values, TargetTable.Column column, Optional<String> value) {
        values.computeIfAbsent(column, any -> new ArrayList<>()).add(value.orElse(null));
    }

    /**
     * A value that a column doesn't keep as it is.
     *
     * @param index which of the values
     * @param why what Postgres says; nothing when it would be shortened without a word
     */
    private record Misfit(int index, Optional<String> why, String state) {
        boolean isOfAConstraint() {
            return state.startsWith("23");
        }

        Misfit after(int others) {
            return new Misfit(index + others, why, state);
        }
    }

    private Optional<Misfit> misfit(TargetTable.Column column, List<@Nullable String> values) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = connection.prepareStatement(
                column.name().equals(request.idColumn())
                        ? Statements.misfittingSubs(column)
                        : Statements.misfits(column))) {
            statement.setArray(1, connection.createArrayOf("text", values.toArray()));
            try (ResultSet found = statement.executeQuery()) {
                Optional<Misfit> misfit = found.next()
                        ? Optional.of(new Misfit(found.getInt(1) - 1, Optional.empty(), ""))
                        : Optional.empty();
                connection.releaseSavepoint(before);
                return misfit;
            }
        } catch (SQLException e) {
            if (!isAboutValues(e)) {
                throw e;
            }
            connection.rollback(before);
            if (values.size() == 1) {
                return Optional.of(new Misfit(0, Optional.of(PostgresFailures.message(e)), PostgresFailures.state(e)));
            }
            int half = values.size() / 2;
            Optional<Misfit> first = misfit(column, values.subList(0, half));
            return first.isPresent()
                    ? first
                    : misfit(column, values.subList(half, values.size())).map(later -> later.after(half));
        }
    }

    /** Data that a type refuses (22), a constraint (23), and types that no text can be cast to (42846). */
    private static boolean isAboutValues(SQLException failure) {
        String state = PostgresFailures.state(failure);
        return state.startsWith("22") || state.startsWith("23") || state.equals("42846");
    }

    private static String shown(String value) {
        return "'" + (value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value) + "'";
    }

    private DynacogException refusal(TargetTable.Column column, String what, String why) {
        return new DynacogException.Failed(
                what + " doesn't fit column " + column.name() + " of " + target.shown() + ", which is " + column.type()
                        + why + "; 0 rows were changed",
                column.name().equals(request.idColumn())
                        ? "a sub has 36 characters: use text, varchar(36) or uuid"
                        : "widen the column, or change that value in Cognito");
    }
}
