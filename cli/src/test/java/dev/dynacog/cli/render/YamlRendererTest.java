package dev.dynacog.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.terminal.ColorMode;
import dev.dynacog.cli.terminal.Console;
import dev.dynacog.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class YamlRendererTest {
    private static String yaml(boolean single, @Nullable Object... records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                bytes,
                OutputStream.nullOutputStream(),
                Terminal.Ttys.NONE,
                OptionalInt.empty());
        try (Renderer renderer = new YamlRenderer(new Console(terminal, ColorMode.NEVER, Map.of()).out(), single)) {
            for (Object record : records) {
                renderer.row(record);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> read(String yaml) {
        List<@Nullable Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
                .loadAllFromString(yaml)
                .forEach(documents::add);
        return documents;
    }

    static List<String> texts() {
        return List.of(
                "",
                " ",
                "plain",
                "two words",
                "ends ",
                " begins",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "-",
                "- a",
                "--- a",
                "---",
                "...",
                "?",
                "? a",
                ":",
                "[a]",
                "{a}",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "|",
                ">",
                "'",
                "\"",
                "\\",
                "~",
                "null",
                "NULL",
                "true",
                "True",
                "no",
                "NO",
                "on",
                "y",
                "1",
                "-1",
                "+1",
                "0x1f",
                "0o17",
                "017",
                "1_000",
                "1.5",
                ".5",
                "1e3",
                "1:30",
                ".inf",
                "-.INF",
                ".nan",
                "2026-11-20",
                "2026-11-20T01:03:27Z",
                "=",
                "<<",
                "http://localhost:8000",
                "a\tb",
                "a\r\nb",
                "one\ntwo",
                "one\ntwo\n",
                "one\n\ntwo",
                "one\n two\n  three",
                " one\ntwo",
                "\none",
                "one\n\n",
                "one\n---\ntwo",
                "one\n# two",
                "one\ntab\there",
                "\n",
                "\n\n",
                "a\n ",
                "a\n \nb",
                "\u0000",
                "\u001b[31m",
                "\u0085",
                "\u2028",
                "\ufeff",
                "a\ufeffb",
                "\u202e",
                "\ufffe",
                "\uffff",
                "👨‍👩‍👧",
                "🍵 tea",
                "Łódź",
                "日本: 語",
                "\udb40\udc41",
                "e" + "x".repeat(2000),
                "1" + "x".repeat(2000));
    }

    /** As a value, a key, an element and a whole document. */
    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsReadAsTheSameText(String text) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("value", text);
        record.put(text, Map.of(text, List.of(text, List.of(text), Map.of(text, text))));
        assertThat(read(yaml(true, record))).isEqualTo(List.of(record));
        assertThat(read(yaml(false, text, text))).isEqualTo(List.of(text, text));
    }

    @Test
    void numbersKeepEveryDigitAndNothingIsTakenForAText() {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("whole", 9_007_199_254_740_993L);
        record.put("flag", true);
        record.put("nothing", null);
        assertThat(read(yaml(true, record))).isEqualTo(List.of(record));
        assertThat(yaml(true, new BigDecimal("12345678901234567890.123456789")))
                .isEqualTo("12345678901234567890.123456789\n");
        assertThat(yaml(true, new BigDecimal("1E+30"))).isEqualTo("1.0E+30\n");
        assertThat(yaml(true, 1e10)).isEqualTo("1.0E+10\n");
        assertThat(yaml(true, Double.NaN)).isEqualTo(".nan\n");
    }

    @Test
    void listsAndMapsAreNestedAsTheyWere() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("none", List.of());
        record.put("empty", Map.of());
        record.put("lists", List.of(List.of(1, List.of(2)), List.of(), List.of(Map.of("a", Map.of("b", List.of(3))))));
        record.put("last", "x");
        assertThat(read(yaml(false, record, record))).isEqualTo(List.of(record, record));
    }

    @Test
    void itReadsAsAPersonWouldWriteIt() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", "cruddur-messages");
        record.put("items", 139L);
        record.put("indexes", List.of(Map.of("name", "by-group")));
        record.put("text", "one\ntwo");
        record.put("version", "1.0");
        assertThat(yaml(false, record)).isEqualTo("""
                        ---
                        name: cruddur-messages
                        items: 139
                        indexes:
                          - name: by-group
                        text: |-
                          one
                          two
                        version: "1.0"
                        """);
    }

    @Test
    void nothingThatATerminalWouldObeyStandsInIt() {
        for (String text : texts()) {
            assertThat(yaml(true, Map.of(text, text)).chars())
                    .as(text)
                    .noneMatch(unit -> (unit != '\n' && Character.isISOControl(unit)) || unit == 0x202e);
        }
    }

    /** What YAML can't name otherwise stays what it was, too: half a character. */
    @Test
    void halfACharacterIsAnEscape() {
        assertThat(yaml(true, "\ud800")).isEqualTo("\"\\ud800\"\n");
    }

    @Test
    void noRecordsAreNoDocuments() {
        assertThat(yaml(false)).isEmpty();
        assertThat(yaml(true, (Object) null)).isEqualTo("null\n");
    }
}
