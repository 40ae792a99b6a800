package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
  @ParameterizedTest
  @CsvSource({
    "10, '', PT10S",
    "' 2.5 ', '', PT2.5S",
    "0.0001, '', PT0.1S",
    "0, '', PT0.1S",
    "999999999, '', PT24H",
    "3, 'Please try again in 9.735s.', PT3S",
    ", 'Please try again in 9.735s. Need more?', PT9.735S",
    ", 'try again in 26ms', PT0.1S",
    ", 'try again in 826ms.', PT0.826S",
    ", 'try again in 10.593999999s', PT10.594S",
    ", 'try again in 2m59.56s', PT2M59.56S",
    ", 'try again in 9m38.016s', PT9M38.016S",
    ", 'try again in 1h2m3s', PT1H2M3S",
    ", 'try again in 900000µs', PT0.9S",
    ", 'try again in 99999h', PT24H",
    ", 'try again later', PT5S",
    ", '', PT5S",
    "-1, '', PT5S",
    "NaN, '', PT5S",
    "1e9, '', PT5S",
    "'Wed, 21 Oct 2026 07:28:00 GMT', '', PT5S"
  })
  void readsSecondsAndGosDurations(String header, String text, Duration expected) {
    assertThat(RetryDelay.of(header, text == null ? "" : text, RetryDelay.UNSAID))
        .isEqualTo(expected);
  }
}
