package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations as Go prints them. */
class RequestLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "-5, 0s",
    "0, 0s",
    "1, 1ms",
    "26, 26ms",
    "999, 999ms",
    "1000, 1s",
    "6000, 6s",
    "59660, 59.66s",
    "10593, 10.593s",
    "60000, 1m0s",
    "179560, 2m59.56s",
    "578016, 9m38.016s",
    "3600000, 1h0m0s",
    "3661001, 1h1m1.001s",
    "90000000, 25h0m0s"
  })
  void areWrittenAsTheProviderWritesThem(long millis, String text) {
    assertThat(RequestLimits.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
