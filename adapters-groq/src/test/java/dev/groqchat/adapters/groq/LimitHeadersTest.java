package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.traffic.ProviderLimits.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitHeadersTest {
  private static final Map<String, String> WHOLE =
      Map.of(
          "x-ratelimit-limit-requests", "1000",
          "x-ratelimit-remaining-requests", "999",
          "x-ratelimit-reset-requests", "1m26.4s",
          "x-ratelimit-limit-tokens", "8000",
          "x-ratelimit-remaining-tokens", "6572",
          "x-ratelimit-reset-tokens", "10.71s");

  private static final Window TOKENS = new Window(8_000, 6_572, Duration.ofMillis(10_710));
  private static final Window REQUESTS = new Window(1_000, 999, Duration.ofMillis(86_400));

  @Test
  void readsWhatGroqSays() {
    assertThat(LimitHeaders.read(WHOLE::get)).isEqualTo(new ProviderLimits(TOKENS, REQUESTS));
  }

  @Test
  void nothingSaidIsNoLimit() {
    assertThat(LimitHeaders.read(_ -> null)).isSameAs(ProviderLimits.UNSAID);
  }

  @Test
  void eachLimitStandsForItself() {
    for (String missing : WHOLE.keySet()) {
      Map<String, String> partial = new HashMap<>(WHOLE);
      partial.remove(missing);
      assertThat(LimitHeaders.read(partial::get))
          .isEqualTo(
              missing.endsWith("tokens")
                  ? new ProviderLimits(null, REQUESTS)
                  : new ProviderLimits(TOKENS, null));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, -8000",
    "limit, 8e3",
    "limit, 9999999999999999999999",
    "limit, 6571",
    "remaining, -1",
    "remaining, 8001",
    "remaining, 1.5",
    "remaining, ''",
    "reset, 10",
    "reset, -1s",
    "reset, 745h",
    "reset, soon"
  })
  void nonsenseIsNoLimit(String part, String value) {
    Map<String, String> odd = new HashMap<>(WHOLE);
    odd.put("x-ratelimit-" + part + "-tokens", value);
    assertThat(LimitHeaders.read(odd::get)).isEqualTo(new ProviderLimits(null, REQUESTS));
  }

  @Test
  void blanksAroundAValueAreNotPartOfIt() {
    assertThat(LimitHeaders.read(name -> " " + WHOLE.get(name) + "\t"))
        .isEqualTo(new ProviderLimits(TOKENS, REQUESTS));
  }

  /** Good values, also of one another, and pieces of them: a limit, or none, and never an error. */
  @RepeatedTest(500)
  void neverFails(RepetitionInfo info) {
    var random = new Random(info.getCurrentRepetition());
    Map<String, String> headers = new HashMap<>();
    List<String> good = List.copyOf(WHOLE.values());
    for (String name : WHOLE.keySet()) {
      switch (random.nextInt(8)) {
        case 0 -> headers.put(name, random(random));
        case 1 -> headers.put(name, good.get(random.nextInt(good.size())));
        case 2 -> headers.put(name, "" + random.nextLong());
        default -> headers.put(name, String.valueOf(WHOLE.get(name)));
      }
    }
    ProviderLimits limits = LimitHeaders.read(headers::get);
    for (String of : List.of("tokens", "requests")) {
      Window window = of.equals("tokens") ? limits.tokens() : limits.requests();
      if (window != null) {
        assertThat(headers.get("x-ratelimit-limit-" + of)).contains("" + window.limit());
        assertThat(window.reset()).isLessThanOrEqualTo(Duration.ofDays(31));
      }
    }
  }

  private static String random(Random random) {
    List<String> pieces =
        List.of("1", "20", "8000", ".", "-", "s", "ms", "m", "h", "µs", " ", "e9", "\u0000", "é");
    StringBuilder text = new StringBuilder();
    int most = random.nextInt(5);
    for (int i = 0; i < most; i++) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }
}
