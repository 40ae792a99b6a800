package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "26ms, 0.026",
    "6s, 6",
    "0s, 0",
    "59.66s, 59.66",
    "10.593999999s, 10.593999999",
    "2m59.56s, 179.56",
    "9m38.016s, 578.016",
    "1h0m0s, 3600",
    "23h59m59.999999999s, 86399.999999999",
    "1.5µs, 0.0000015",
    "1.5μs, 0.0000015",
    "7us, 0.000007",
    "1ns, 0.000000001"
  })
  void isReadExactly(String text, BigDecimal seconds) {
    assertThat(GoDuration.seconds(text)).isEqualByComparingTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6", "s", "-6s", "6 s", "6d", "1e3s", ".5s", "5.s", "6s ", "NaNs", "٣s"})
  void whatGoDoesNotWriteIsNone(String text) {
    assertThat(GoDuration.seconds(text)).isNull();
  }

  @Test
  void aLongTextIsNoneAndDoesNoHarm() {
    assertThat(GoDuration.seconds("1s".repeat(200_000))).isNull();
    assertThat(GoDuration.seconds("1".repeat(200_000) + "s")).isNull();
    assertThat(RetryDelay.of(null, "try again in " + "9h".repeat(200_000), RetryDelay.UNSAID))
        .isEqualTo(RetryDelay.LONGEST);
  }

  /** As Go's own String does: hours, minutes and seconds with nine places at most. */
  @RepeatedTest(20)
  void whatGoWritesIsReadBack(RepetitionInfo info) {
    var random = new Random(info.getCurrentRepetition());
    long hours = random.nextLong(1_000);
    long minutes = random.nextLong(60);
    long nanos = random.nextLong(60_000_000_000L);
    BigDecimal seconds = BigDecimal.valueOf(nanos, 9);
    String text = hours + "h" + minutes + "m" + seconds.stripTrailingZeros().toPlainString() + "s";
    assertThat(GoDuration.seconds(text))
        .isEqualByComparingTo(seconds.add(BigDecimal.valueOf(hours * 3600 + minutes * 60)));
  }
}
