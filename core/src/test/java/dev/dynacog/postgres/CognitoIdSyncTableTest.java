package dev.dynacog.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CognitoIdSyncTableTest {
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
        assertThat(CognitoIdSyncTable.parse(typed).quoted()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a.b.c", "\"a", "a\"b\"", "\"\""})
    void whatIsNoNameIsRefused(String typed) {
        assertThatThrownBy(() -> CognitoIdSyncTable.parse(typed)).isInstanceOf(DynacogException.Usage.class);
    }

    @Test
    void halvesOfCharactersAndNulCannotBeStored() {
        assertThat(CognitoIdSyncText.isStorable("a😀\\N\t")).isTrue();
        assertThat(CognitoIdSyncText.isStorable("a\0")).isFalse();
        assertThat(CognitoIdSyncText.isStorable("\ud83d")).isFalse();
        assertThat(CognitoIdSyncText.isStorable("\ude00\ud83d")).isFalse();
        assertThat(CognitoIdSyncText.storable("\ud83d😀\ude00\0")).isEqualTo("\ufffd😀\ufffd\ufffd");
    }
}
