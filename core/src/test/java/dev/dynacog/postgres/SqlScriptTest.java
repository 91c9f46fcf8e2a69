package dev.dynacog.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static List<String> texts(String script) {
        return SqlScript.parse("x.sql", script).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }

    @Test
    void statementsEndAtSemicolonsAndTheLastNeedsNone() {
        assertThat(texts("select 1; ;; select 2 ;\n\n  select 3 -- the end"))
                .containsExactly("select 1", "select 2", "select 3 -- the end");
        assertThat(texts("-- nothing\n/* at all */ ;")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s; so'",
                "select E'it\\'s; so'",
                "select e'\\\\' || ';'",
                "select 'a backslash is one: \\' || ';'",
                "select \"a;\"\"b\" from t",
                "select $$a;b$$",
                "select $body$ $$;$$ $bod$;$ $body$",
                "select $täg$;$täg$",
                "select a$b$c, ';' from t$x$",
                "select $1 || ';'",
                "select 1 -- ; '\n + 2",
                "select 1 /* ; ' /* \" ; */ $$ ; */ + 2",
                "select U&'d\\0061t;a', B'1', X'1F', N';'",
                "create rule r as on insert to t do also (select 1; select 2)",
                "create function f() returns int begin atomic select 1; select case when true then 1 end; end",
                "create or replace procedure p() language sql begin atomic insert into t values (1); end",
                "do $do$ begin perform 1; commit; end $do$",
                "select '{;}'::text[], 1e5, 0x1F, 10.5e-3, ';'"
            })
    void aSemicolonInsideOfSomethingEndsNothing(String statement) {
        assertThat(texts(statement + ";\nselect 'next';")).containsExactly(statement, "select 'next'");
    }

    @Test
    void eachStatementKnowsItsLine() {
        SqlScript script =
                SqlScript.parse("x.sql", "-- one\n\nselect\n1;\n/* a\nb */ select '\n\n'; select 3;\nselect 4");
        assertThat(script.statements()).extracting(SqlStatement::line).containsExactly(3, 6, 8, 9);
    }

    @Test
    void aPlaceInAStatementIsCountedInCharactersAsPostgresDoes() {
        SqlStatement statement = new SqlStatement("select '🙂🙂',\n'é'\nfrom nowhere", 10);
        assertThat(statement.lineAt(12)).isEqualTo(10);
        assertThat(statement.lineAt(14)).isEqualTo(11);
        assertThat(statement.lineAt(18)).isEqualTo(12);
        assertThat(statement.lineAt(0)).isEqualTo(10);
        assertThat(statement.lineAt(1_000)).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\i other.sql | 3 | \\i is a psql command",
                "select 1 \\gx | 3 | \\gx is a psql command",
                "copy t (a, b) from stdin; | 3 | COPY FROM STDIN",
                "COPY \"t\" FROM STDIN WITH (format csv); | 3 | COPY FROM STDIN",
                "copy t to stdout; | 3 | COPY TO STDOUT",
                "begin; | 3 | BEGIN is not allowed",
                "START TRANSACTION; | 3 | START is not allowed",
                "commit; | 3 | COMMIT is not allowed",
                "end; | 3 | END is not allowed",
                "rollback; | 3 | ROLLBACK is not allowed",
                "select 'a | 3 | a string starts here and is not closed",
                "select E'a\\' | 3 | a string starts here and is not closed",
                "select \"a | 3 | a quoted name starts here and is not closed",
                "select $x$ a $y$ | 3 | a text in $x$ starts here and is not closed",
                "select 1 /* /* */ | 3 | a comment starts here and is not closed"
            })
    void whatCantBeRunIsRefusedWithItsLineBeforeAnythingIsRun(String statement, int line, String message) {
        assertThatThrownBy(() -> SqlScript.parse("x.sql", "select 1;\n\n" + statement + "\n-- the end"))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageStartingWith("x.sql:" + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void savepointsAreFine() {
        assertThat(texts("savepoint a; rollback to a; rollback work to savepoint a; release a; prepare p as select 1"))
                .hasSize(5);
    }

    @Test
    void aByteOrderMarkAndWindowsLinesDontMatter(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.sql"), "\ufeffselect 1;\r\nselect\r\n2;\r\n");
        assertThat(SqlScript.read(file).statements())
                .containsExactly(new SqlStatement("select 1", 1), new SqlStatement("select\n2", 2));
    }

    @Test
    void aFileThatIsNotUtf8IsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.sql"), "select 'é'".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SqlScript.read(file)).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> SqlScript.read(folder.resolve("y.sql"))).isInstanceOf(DynacogException.NotFound.class);
    }
}
