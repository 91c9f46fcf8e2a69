package dev.dynacog.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private static final String DIGITS = "12345678901234567890123456789012345678";

    private static Map<String, @Nullable Object> record() {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("name", "a \"b\" ü");
        record.put("items", 140L);
        record.put("small", 7);
        record.put("exact", new BigDecimal(DIGITS + ".50"));
        record.put("share", 0.25);
        record.put("on", true);
        record.put("nothing", null);
        record.put("at", Instant.parse("2023-03-22T09:01:25.547Z"));
        record.put("file", Path.of("a", "b"));
        record.put("list", List.of(Map.of("n", new BigDecimal("3")), Map.of("n", new BigDecimal("20"))));
        record.put("map", Map.of("key", List.of("x", "y")));
        return record;
    }

    private static String ask(String expression) {
        return JsonValues.text(Query.compile(expression).apply(record()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"`1e999999999`", "{a: [`-1e400`]}", "sum(`[1e308, 1e308]`)"})
    void aNumberThatIsTooLargeIsAnError(String expression) {
        assertThatThrownBy(() -> ask(expression))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage("--query gives a number that is too large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '§',
            value = {
                "name ; \"a \\\"b\\\" ü\"",
                "items ; 140",
                "small ; 7",
                "share ; 0.25",
                "exact ; 12345678901234567890123456789012345678.50",
                "on ; true",
                "nothing ; null",
                "absent ; null",
                "at ; \"2023-03-22T09:01:25.547Z\"",
                "file ; \"a/b\"",
                "map.key[1] ; \"y\"",
                "list[].n ; [3,20]",
                "list[?n > `3`].n ; [20]",
                "list[?n == `3`].n ; [3]",
                "{rows: items, name: map.key[0]} ; {\"rows\":140,\"name\":\"x\"}",
                "[items, exact] ; [140,12345678901234567890123456789012345678.50]",
                "length(list) ; 2",
                "max_by(list, &n).n ; 20",
                "sort_by(list, &n)[-1].n ; 20",
                "sum(list[].n) ; 23.0",
                "to_string(items) ; \"140\"",
                "to_string(map) ; \"{\\\"key\\\":[\\\"x\\\",\\\"y\\\"]}\"",
                "contains(name, 'ü') ; true",
                "type(exact) ; \"number\"",
                "type(at) ; \"string\"",
                "`5` ; 5",
                "`5.50` ; 5.5",
                "`{\"a\": [1, null, true]}` ; {\"a\":[1,null,true]}",
                "items == `140` ; true",
                "keys(map) ; [\"key\"]"
            })
    void answersInJsonWithEveryDigit(String expression, String answer) {
        assertThat(ask(expression)).isEqualTo(answer);
    }

    @Test
    void whatIsNoExpressionIsSaidBeforeAnythingIsRead() {
        assertThatThrownBy(() -> Query.compile("a[")).isInstanceOf(DynacogException.Usage.class);
    }

    @Test
    void aFunctionThatDoesNotFitARecordIsTheUsersMistake() {
        assertThatThrownBy(() -> ask("sum(name)")).isInstanceOf(DynacogException.Usage.class);
    }
}
