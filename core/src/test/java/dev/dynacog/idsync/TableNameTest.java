package dev.dynacog.idsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "users|\"users\"",
                "public.users|\"public\".\"users\"",
                "My App.Users; drop|\"My App\".\"Users; drop\"",
                "\"a.b\".\"c\"\"d\"|\"a.b\".\"c\"\"d\"",
            })
    void namesAreTakenLiterallyAndQuoted(String typed, String sql) {
        assertThat(TableName.parse(typed).quoted()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a.b.c", "\"a", "a\"b\"", "\"\""})
    void whatIsNoNameIsRefused(String typed) {
        assertThatThrownBy(() -> TableName.parse(typed)).isInstanceOf(DynacogException.Usage.class);
    }

    @Test
    void halvesOfCharactersAndNulCannotBeStored() {
        assertThat(StorableText.isStorable("a😀\\N\t")).isTrue();
        assertThat(StorableText.isStorable("a\0")).isFalse();
        assertThat(StorableText.isStorable("\ud83d")).isFalse();
        assertThat(StorableText.isStorable("\ude00\ud83d")).isFalse();
        assertThat(StorableText.storable("\ud83d😀\ude00\0")).isEqualTo("\ufffd😀\ufffd\ufffd");
    }
}
