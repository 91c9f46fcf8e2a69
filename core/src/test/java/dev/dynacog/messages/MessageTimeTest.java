package dev.dynacog.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-03-22T09:01:25.547845+00:00 | 2023-03-22T09:01:25.547845Z",
                "2023-03-22T09:01:25+00:00        | 2023-03-22T09:01:25Z",
                "2023-03-22T09:01:25.547845       | 2023-03-22T09:01:25.547845Z",
                "2023-03-22T09:01:25              | 2023-03-22T09:01:25Z",
                "2023-03-22 09:01:25.5+05:30      | 2023-03-22T03:31:25.5Z",
                "2023-03-22T09:01:25.547845-08:00 | 2023-03-22T17:01:25.547845Z",
                "2023-03-22T09:01:25Z             | 2023-03-22T09:01:25Z",
                "2023-03-22t09:01:25z             | 2023-03-22T09:01:25Z",
                "2023-03-22T09:01:25,25+0100      | 2023-03-22T08:01:25.25Z",
                "2023-03-22T09:01+01              | 2023-03-22T08:01:00Z",
                "20230322T090125.547845Z          | 2023-03-22T09:01:25.547845Z",
                "2023-03-22                       | 2023-03-22T00:00:00Z",
                "2023-W12-3T09:01:25Z             | 2023-03-22T09:01:25Z",
                "2023-081T09:01:25Z               | 2023-03-22T09:01:25Z",
                "2023-03-22T09:01:25+01:00:30.5   | 2023-03-22T08:00:55Z",
                "2016-12-31T23:59:60Z             | 2017-01-01T00:00:00Z",
                "2023-03-22T24:00:00Z             | 2023-03-23T00:00:00Z",
                "2023-03-22T09:01:25.5478451239Z  | 2023-03-22T09:01:25.547845123Z",
            })
    void aTimestampWithoutZoneOrMicrosecondsIsRead(String text, String instant) {
        assertThat(MessageTime.read(text)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2023-13-01T00:00:00Z", "2023-03-22T25:00:00Z", "2023-03-22T09:01:25+25:00"})
    void whatIsNoTimeIsNoneAndNoFailure(String text) {
        assertThat(MessageTime.read(text)).isEmpty();
    }

    @Test
    void writtenTimesHaveOneWidthSoThatTheirOrderAsTextIsTheirOrderInTime() {
        Instant whole = Instant.parse("2023-03-22T09:01:25Z");
        assertThat(MessageTime.write(whole)).isEqualTo("2023-03-22T09:01:25.000000+00:00");
        assertThat(MessageTime.write(whole.plusNanos(547_845_999))).isEqualTo("2023-03-22T09:01:25.547845+00:00");
        assertThat(MessageTime.write(whole.plusNanos(1000))).isGreaterThan(MessageTime.write(whole));
        assertThat(MessageTime.read(MessageTime.write(whole))).contains(whole);
    }
}
