package dev.groqchat.adapters.groq;

import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.traffic.ProviderLimits.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider says of its limits: {@code x-ratelimit-limit-tokens}, {@code -remaining-}
 * and {@code -reset-}, and the same of requests. Tokens are those of a minute, requests those of a
 * day. A limit of which a part is missing or nonsense was not said; nothing of it is an error.
 */
final class LimitHeaders {
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");

  /** No window is longer than a day; what takes much longer than that was meant otherwise. */
  private static final BigDecimal LONGEST_SECONDS =
      BigDecimal.valueOf(Duration.ofDays(31).toSeconds());

  private LimitHeaders() {}

  /** Looks at the headers of an answer, by name; null for those that are not there. */
  static ProviderLimits read(Function<String, @Nullable String> header) {
    Window tokens = window("tokens", header);
    Window requests = window("requests", header);
    return tokens == null && requests == null
        ? ProviderLimits.UNSAID
        : new ProviderLimits(tokens, requests);
  }

  private static @Nullable Window window(String of, Function<String, @Nullable String> header) {
    long limit = count(header.apply("x-ratelimit-limit-" + of));
    long remaining = count(header.apply("x-ratelimit-remaining-" + of));
    Duration reset = duration(header.apply("x-ratelimit-reset-" + of));
    return limit < 1 || remaining < 0 || remaining > limit || reset == null
        ? null
        : new Window(limit, remaining, reset);
  }

  /** -1 for what is no count. */
  private static long count(@Nullable String text) {
    return text != null && COUNT.matcher(text.strip()).matches()
        ? Long.parseLong(text.strip())
        : -1;
  }

  /** Rounded up to a nanosecond. */
  private static @Nullable Duration duration(@Nullable String text) {
    BigDecimal seconds = text == null ? null : GoDuration.seconds(text.strip());
    return seconds == null || seconds.compareTo(LONGEST_SECONDS) > 0
        ? null
        : Duration.ofNanos(
            seconds.movePointRight(9).setScale(0, RoundingMode.CEILING).longValueExact());
  }
}
