package dev.dynacog.idsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the temporary file comes back as it was. */
class FieldsTest {
    private static final PoolUser USER = new PoolUser(
            "name",
            Optional.of("sub"),
            Optional.of("match"),
            Optional.of("shown"),
            Optional.empty(),
            Optional.of("handle"),
            Optional.of("email"),
            Optional.of("displayName"));
    private static final PoolUser NOBODY = new PoolUser(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Category.TO_UPDATE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 0x7f, 0x80, 0xff, 0x100, 0x8000, 0xffff, 0x80_0000, 0x1234_5678, 0xfedc_ba98})
    void everyNumberIsReadAgain(int number) {
        assertThat(new Fields.Reader(new Fields.Writer().number(number).bytes()).number())
                .isEqualTo(number);
        assertThat(new Fields.Writer().number(number).size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 251, 252, 253, 508, 509, 70_000})
    void textsOfEveryLengthAreReadAgain(int length) {
        String text = "x".repeat(length);
        Fields.Writer out = new Fields.Writer()
                .text(Optional.of(text))
                .text(Optional.empty())
                .text(Optional.of("é\0😀"));
        Fields.Reader in = new Fields.Reader(out.bytes());
        assertThat(in.text()).contains(text);
        assertThat(in.text()).isEmpty();
        assertThat(in.text()).contains("é\0😀");
        assertThat(out.size()).isEqualTo(length + 4 + 4 + 4 + 7);
    }

    @Test
    void keysAreInTheOrderOfTheirTextsAndNumbers() {
        List<byte[]> keys = List.of(
                Fields.key("a", "z"), Fields.key("a!"), Fields.key("b", "a"), Fields.key("b", "b"), Fields.key("é"));
        for (int i = 1; i < keys.size(); i++) {
            assertThat(Arrays.compareUnsigned(keys.get(i - 1), keys.get(i))).isNegative();
        }
        assertThat(Arrays.compareUnsigned(Fields.key(255), Fields.key(256))).isNegative();
        assertThat(Arrays.compareUnsigned(Fields.key(0), Fields.key(1 << 30))).isNegative();
    }

    @Test
    void aUserIsReadAgain() {
        assertThat(PoolUser.of(USER.bytes())).isEqualTo(USER);
        assertThat(PoolUser.of(NOBODY.bytes())).isEqualTo(NOBODY);
    }

    @Test
    void aUserIsACandidateUntilSomethingSpeaksAgainstIt() {
        assertThat(USER.isCandidate()).isTrue();
        assertThat(USER.competes()).isTrue();
        PoolUser twice = USER.in(Category.SUB_TWICE_IN_COGNITO);
        assertThat(twice.state()).contains(Category.SUB_TWICE_IN_COGNITO);
        assertThat(twice.sub()).contains("sub");
        assertThat(twice.isCandidate()).isFalse();
        assertThat(twice.competes()).isTrue();
        assertThat(NOBODY.competes()).isFalse();
    }

    @Test
    void aRowIsReadAgainWithItsPlaceOrWithoutOne() {
        Row here = new Row(Optional.of("match"), Optional.of("old"), Optional.of(new Row.Place("1", "(0,1)")));
        Row anywhere = new Row(Optional.empty(), Optional.empty(), Optional.empty());
        for (Row row : List.of(here, anywhere)) {
            assertThat(Row.of(new Fields.Reader(row.bytes()))).isEqualTo(row);
        }
    }

    @Test
    void aCategoryIsKnownByItsId() {
        for (Category category : Category.values()) {
            assertThat(Category.of(category.id())).isSameAs(category);
            assertThat(Category.isPlaceOfChange((byte) category.place().charAt(0)))
                    .isEqualTo(category.isChange());
        }
        assertThatThrownBy(() -> Category.of("no_such")).isInstanceOf(IllegalArgumentException.class);
        assertThat(List.of(Category.TO_INSERT.place(), Category.TO_UPDATE.place()))
                .containsExactly("1", "0");
    }

    private static Entry entry(Category category, String old, String sub) {
        return new Entry(
                category, Optional.empty(), Optional.empty(), Optional.of(sub), Optional.of(old), Optional.empty());
    }

    @Test
    void aRowThatLosesASubToAnotherIsSaidToBeReplaced() {
        String one = "11111111-1111-4111-8111-111111111111";
        String other = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
        assertThat(entry(Category.TO_UPDATE, one, other).replaces()).isTrue();
        assertThat(entry(Category.TO_UPDATE, "MOCK", other).replaces()).isFalse();
        assertThat(entry(Category.TO_UPDATE, other.toUpperCase(Locale.ROOT), other)
                        .replaces())
                .isFalse();
        Entry inserted = entry(Category.TO_UPDATE, one, other).as(Category.TO_INSERT, Optional.of("why"));
        assertThat(inserted.replaces()).isFalse();
        assertThat(inserted.detail()).contains("why");
    }
}
