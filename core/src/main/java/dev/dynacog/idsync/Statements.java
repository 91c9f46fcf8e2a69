package dev.dynacog.idsync;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of a sync. Values never become part of them; names do, quoted.
 *
 * <p>No statement that writes may shorten: values are cast to the type that a column is made of, without a length, which is
 * then assigned, so that Postgres refuses what is too long instead of cutting it. What was written is read back.
 */
final class Statements {
    /** The columns of a table; of a domain, what it is made of in the end. */
    static final String COLUMNS = """
            with recursive made_of(relation, number, type) as (
              select attrelid, attnum, atttypid from pg_attribute where attrelid = ?
              union all
              select m.relation, m.number, t.typbasetype from made_of m join pg_type t on t.oid = m.type and t.typtype = 'd'
            )
            select a.attname, format_type(a.atttypid, a.atttypmod), format_type(m.type, -1),
              a.attnotnull and not a.atthasdef and a.attidentity = '',
              case when a.attgenerated <> '' then 'generated' when a.attidentity = 'a' then 'generated always as identity' end,
              has_column_privilege(a.attrelid, a.attnum, 'select'), has_column_privilege(a.attrelid, a.attnum, 'update'),
              has_column_privilege(a.attrelid, a.attnum, 'insert')
            from made_of m
            join pg_attribute a on a.attrelid = m.relation and a.attnum = m.number
            join pg_type t on t.oid = m.type and t.typtype <> 'd'
            where a.attnum > 0 and not a.attisdropped
            order by a.attnum""";

    private final String table;
    private final TargetTable.Column id;
    private final String match;
    private final String old;

    Statements(SyncRequest request, TargetTable target) {
        this.table = target.quoted();
        this.id = target.column(request.idColumn());
        this.match = "t." + target.column(request.match().column()).quoted() + "::text";
        this.old = "t." + id.quoted() + "::text";
    }

    /** Every row. */
    String rows() {
        return "select " + match + ", " + old + " from " + table + " t";
    }

    /** Every row, and where it is. */
    String rowsAndPlaces() {
        return "select " + match + ", " + old + ", t.tableoid::text, t.ctid::text from " + table + " t";
    }

    /** Which of the texts a column would keep otherwise than they are: by the whole type, which shortens. */
    static String misfits(TargetTable.Column column) {
        return misfits("(cast(v.value as %s)::text collate \"C\") is distinct from v.value", column);
    }

    /** The same of subs, which must not be filled up with blanks either. As a text a value doesn't show those. */
    static String misfittingSubs(TargetTable.Column column) {
        return column.isPadded()
                ? misfits("octet_length(cast(v.value as %s)) <> octet_length(v.value)", column)
                : misfits(column);
    }

    private static String misfits(String condition, TargetTable.Column column) {
        return "select v.n from unnest(?::text[]) with ordinality v(value, n) where "
                + condition.formatted(column.type()) + " order by v.n limit 1";
    }

    /** Rows at their places, locked in the order in which they are named. */
    String lockAtPlaces() {
        return """
                select v.n, t.tableoid::text, t.ctid::text, %2$s, %3$s
                from unnest(?::text[]::oid[], ?::text[]::tid[]) with ordinality v(place, position, n)
                join %1$s t on t.ctid = v.position and t.tableoid = v.place
                order by v.n for no key update of t""".formatted(table, match, old);
    }

    /** The same of rows that were moved meanwhile, by what is matched. */
    String lockByMatch() {
        return """
                select v.n, t.tableoid::text, t.ctid::text, %2$s, %3$s
                from unnest(?::text[]) with ordinality v(value, n)
                join %1$s t on %2$s collate "C" = v.value collate "C"
                order by v.n for no key update of t""".formatted(table, match, old);
    }

    /** Writes into rows that are locked; says how many there were, and how many have exactly what was written. */
    String update() {
        return """
                with written as (
                  update %1$s t set %2$s = cast(v.value as %3$s)
                  from unnest(?::text[]::oid[], ?::text[]::tid[], ?::text[]) v(place, position, value)
                  where t.ctid = v.position and t.tableoid = v.place
                  returning (%4$s collate "C") is not distinct from v.value as same
                )
                select count(*), count(*) filter (where same) from written""".formatted(table, id.quoted(), id.base(), old);
    }

    /** Adds rows with these columns; says what is matched of each, and its sub. */
    String insert(Collection<TargetTable.Column> columns) {
        String names = columns.stream().map(TargetTable.Column::quoted).collect(Collectors.joining(", "));
        String casts = IntStream.range(0, columns.size())
                .mapToObj(i ->
                        "cast(v.c" + i + " as " + List.copyOf(columns).get(i).base() + ")")
                .collect(Collectors.joining(", "));
        String arrays =
                IntStream.range(0, columns.size()).mapToObj(i -> "?::text[]").collect(Collectors.joining(", "));
        String fields =
                IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "insert into %s as t (%s) select %s from unnest(%s) v(%s) returning %s, %s"
                .formatted(table, names, casts, arrays, fields, match, old);
    }
}
