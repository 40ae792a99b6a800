package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "7, 7ns",
    "1500, 1.5µs",
    "26000000, 26ms",
    "172800000, 172.8ms",
    "999999999, 999.999999ms",
    "6000000000, 6s",
    "59660000000, 59.66s",
    "10593999999, 10.593999999s",
    "60000000000, 1m0s",
    "179560000000, 2m59.56s",
    "578016000000, 9m38.016s",
    "3600000000000, 1h0m0s",
    "86399500000000, 23h59m59.5s",
    "-6000000000, -6s"
  })
  void durationsArePrintedAsGoPrintsThem(long nanos, String printed) {
    assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(printed);
  }

  @Test
  void jsonIsEscapedAsGoEscapesIt() {
    assertThat(GoJson.quote("<b>&\"\\\n\r\t\b\f\u0001/é😀\u2028\u2029\u0085\u007f"))
        .isEqualTo(
            "\"\\u003cb\\u003e\\u0026\\\"\\\\\\n\\r\\t\\b\\f\\u0001/é😀\\u2028\\u2029\u0085\u007f\"");
  }

  @Test
  void halfASurrogatePairIsEscapedAndAWholeOneIsNot() {
    assertThat(GoJson.quote("😀")).isEqualTo("\"😀\"");
    assertThat(GoJson.quote("\ud83d")).isEqualTo("\"\\ud83d\"");
    assertThat(GoJson.quote("\ud83da")).isEqualTo("\"\\ud83da\"");
    assertThat(GoJson.quote("\ude00")).isEqualTo("\"\\ude00\"");
    assertThat(GoJson.quote("a\ude00")).isEqualTo("\"a\\ude00\"");
  }

  @Test
  void lineSeparatorsStayRawWhenAskedFor() {
    var json = new StringBuilder();
    GoJson.escape("\u2028<", true, json);
    assertThat(json).hasToString("\u2028\\u003c");
  }

  @Test
  void secondsHaveNoTrailingZeros() {
    assertThat(GoJson.seconds(0)).isEqualTo("0");
    assertThat(GoJson.seconds(30_590_270)).isEqualTo("0.03059027");
    assertThat(GoJson.seconds(2_000_000_000)).isEqualTo("2");
  }
}
