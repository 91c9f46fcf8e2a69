package dev.dynacog.postgres;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements of a sync. Values never become part of them; names do, quoted. They are a class of their own so that
 * the whole comparison can be read in one place.
 */
final class CognitoIdSyncSql {
    static final String CREATE_POOL = """
            create temporary table dynacog_pool (
              username text, sub text, match text, shown text, state text, handle text, email text, display_name text
            ) on commit drop""";

    static final String COPY_POOL = "copy pg_temp.dynacog_pool from stdin (format binary)";

    /** A pool that changes while it is listed can list a user twice. */
    static final String FIND_REPETITIONS = """
            create temporary table dynacog_repeated on commit drop as
            select sub from pg_temp.dynacog_pool where sub is not null group by sub having count(*) > 1""";

    static final String FORGET_REPETITIONS = """
            delete from pg_temp.dynacog_pool a
            using (
              select ctid as id, row_number() over (partition by username, sub, shown, state) as time
              from pg_temp.dynacog_pool
              where sub in (select sub from pg_temp.dynacog_repeated)
            ) d
            where a.ctid = d.id and d.time > 1""";

    static final String COUNT_CATEGORIES = "select category, count(*) from pg_temp.dynacog_plan group by category";

    static final String LIST_PLAN = """
            select category, username, coalesce(match, shown, row_match), sub, old, detail
            from pg_temp.dynacog_plan
            where category <> 'already_right'
            order by category <> 'to_update', category <> 'to_insert', category,
              coalesce(match, shown, row_match) collate "C", username collate "C\"""";

    private final CognitoIdSyncRequest request;
    private final CognitoIdSyncTarget target;
    private final String table;
    private final String match;
    private final String id;
    private final String idType;

    CognitoIdSyncSql(CognitoIdSyncRequest request, CognitoIdSyncTarget target) {
        this.request = request;
        this.target = target;
        this.table = target.quoted();
        this.match = CognitoIdSyncTable.quote(request.column()) + "::text";
        this.id = CognitoIdSyncTable.quote(request.idColumn());
        this.idType = target.column(request.idColumn()).type();
    }

    /** What two handles are compared by. */
    private String key(String text) {
        return request.ignoreCase() ? "lower(" + text + ")" : text;
    }

    String countRows() {
        return "select count(*) from " + table;
    }

    /** Nobody writes to the table until we are done; everybody may read. */
    String lockTable() {
        return "lock table " + table + " in share row exclusive mode";
    }

    /**
     * Every user in one category, by itself and by the rows with its handle. Those who are right, and whose sub no other
     * row has, are most of them as a rule: they are not kept, only counted as what remains.
     */
    String createPlan() {
        return """
                create temporary table dynacog_plan on commit drop as
                with pool as (
                  select u.*, case when u.state = 'candidate' then %2$s end as key from pg_temp.dynacog_pool u
                ), subs_twice as (
                  select sub from pool
                  where key is not null and sub in (select sub from pg_temp.dynacog_repeated)
                  group by sub having count(*) > 1
                ), keys_twice as (
                  select key from pool where key is not null group by key having count(*) > 1
                ), every_row as (
                  select %3$s as row_match, %4$s as key, %5$s::text as old from %1$s
                ), rows_twice as (
                  select key, count(*) as times from every_row where key is not null group by key having count(*) > 1
                ), row as (
                  select * from every_row r where not exists (select from rows_twice t where t.key = r.key)
                ), held_twice as (
                  select old from every_row group by old having count(*) > 1
                ), categorized as (
                select p.username, p.sub, p.match, p.shown, p.handle, p.email, p.display_name, r.row_match, r.old,
                  case
                    when p.key is null then p.state
                    when s.sub is not null then 'sub_twice_in_cognito'
                    when k.key is not null then 'handle_twice_in_cognito'
                    when t.key is not null then 'handle_twice_in_postgres'
                    when r.key is null then 'only_in_cognito'
                    when r.old = p.sub then 'already_right'
                    else 'to_update'
                  end as category,
                  case when t.key is not null then t.times || ' rows' end as detail
                from pool p
                left join subs_twice s on p.key is not null and s.sub = p.sub
                left join keys_twice k on k.key = p.key
                left join rows_twice t on t.key = p.key
                left join row r on r.key = p.key
                )
                select * from categorized c
                where category <> 'already_right' or exists (select from held_twice h where h.old = c.sub)""".formatted(table, key("u.match"), match, key(match), id);
    }

    /**
     * Subs that other rows keep. A row that is to change gives its sub free, unless it can't change itself: so it goes on
     * along the chain.
     */
    String leaveHeldSubs() {
        return """
                with recursive wanted as (
                  select sub, row_match, old, category from pg_temp.dynacog_plan
                  where category in ('to_update', 'already_right', 'only_in_cognito')
                ), held as (
                  select w.sub, w.old, w.category, h.%2$s as holder
                  from wanted w
                  join %1$s h on h.%3$s::text = w.sub
                    and (w.row_match is null or h.%2$s is distinct from w.row_match)
                  left join wanted c on c.category = 'to_update' and c.row_match = h.%2$s
                  where c.sub is null
                  union
                  select w.sub, w.old, w.category, null
                  from wanted w join held b on b.category = 'to_update' and b.old = w.sub and b.sub <> w.sub
                )
                update pg_temp.dynacog_plan p
                set category = 'sub_held_by_another_row',
                  detail = coalesce('row ' || h.holder || ' has it', 'the row that has it can''t change')
                from (select sub, min(holder) as holder from held group by sub) h
                where p.category in ('to_update', 'already_right', 'only_in_cognito') and p.sub = h.sub""".formatted(table, match, id);
    }

    /** Rows whose handle no user has, not even one that is left alone. */
    String addRowsOnlyInPostgres() {
        return """
                insert into pg_temp.dynacog_plan (category, row_match, old)
                select 'only_in_postgres', r.%2$s, r.%3$s::text
                from %1$s r
                where not exists (select from pg_temp.dynacog_pool u where %4$s = %5$s)""".formatted(table, match, id, key("u.match"), key("r." + match));
    }

    /** A handle that matches nobody's may be written in another case. */
    String noteOtherCase() {
        return """
                update pg_temp.dynacog_plan p set detail = 'row ' || r.%2$s || ' differs in case'
                from %1$s r
                where p.category = 'only_in_cognito' and lower(r.%2$s) = lower(p.match)""".formatted(table, match);
    }

    /** Who is to get a row: but not who has one perhaps, under the handle in another case. */
    String planInserts() {
        List<String> conditions = target.conditionsOfNewRow(request);
        String complete = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
        return """
                update pg_temp.dynacog_plan p
                set category = case when %1$s then 'to_insert' else category end,
                  detail = case when not (%1$s) then 'a required column would be empty' end
                where category = 'only_in_cognito' and detail is null""".formatted(complete);
    }

    /** Whether a row is to get a sub that another still has. */
    String findTakeovers() {
        return """
                select count(*) > 0
                from pg_temp.dynacog_plan p
                where p.category in ('to_update', 'to_insert') and p.sub in (select t.%2$s::text from %1$s t)""".formatted(table, id);
    }

    /**
     * Under a unique index no two rows may have a sub even for a moment, so those that change take a value first that
     * nobody has. It looks like a sub, for columns that take nothing else.
     */
    String setPlaceholders() {
        return """
                update %1$s t set %2$s = cast(md5(? || p.sub)::uuid::text as %3$s)
                from pg_temp.dynacog_plan p
                where p.category = 'to_update' and t.%4$s = p.row_match""".formatted(table, id, idType, match);
    }

    String update() {
        return """
                update %1$s t set %2$s = cast(p.sub as %3$s)
                from pg_temp.dynacog_plan p
                where p.category = 'to_update' and t.%4$s = p.row_match""".formatted(table, id, idType, match);
    }

    String insert() {
        Map<CognitoIdSyncTarget.Column, String> values = target.valuesOfNewRow(request);
        String names =
                values.keySet().stream().map(CognitoIdSyncTarget.Column::quoted).collect(Collectors.joining(", "));
        String expressions = values.entrySet().stream()
                .map(value ->
                        "cast(" + value.getValue() + " as " + value.getKey().type() + ")")
                .collect(Collectors.joining(", "));
        return "insert into %s (%s) select %s from pg_temp.dynacog_plan p where p.category = 'to_insert'"
                .formatted(table, names, expressions);
    }
}
