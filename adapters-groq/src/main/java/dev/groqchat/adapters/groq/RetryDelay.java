package dev.groqchat.adapters.groq;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how long a provider wants to be left alone. */
final class RetryDelay {
  /** Where the provider does not say. */
  static final Duration UNSAID = Duration.ofSeconds(5);

  /** Less would be no pause at all. */
  static final Duration SHORTEST = Duration.ofMillis(100);

  /** A day's budget comes back within a day. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,12})?");
  private static final Pattern IN_TEXT = Pattern.compile("try again in (" + GoDuration.FORM + ")");

  private RetryDelay() {}

  /**
   * The pause, rounded up to a millisecond, since coming back too early counts again.
   *
   * @param header the {@code retry-after} header: seconds, with a fraction or without; null if
   *     there was none
   * @param text the error's message, as in "Please try again in 2m59.56s."
   * @param unsaid what holds where neither says anything
   */
  static Duration of(@Nullable String header, String text, Duration unsaid) {
    if (header != null && SECONDS.matcher(header.strip()).matches()) {
      return bounded(new BigDecimal(header.strip()));
    }
    Matcher told = IN_TEXT.matcher(text);
    BigDecimal seconds = told.find() ? GoDuration.seconds(told.group(1)) : null;
    return seconds == null ? unsaid : bounded(seconds);
  }

  private static Duration bounded(BigDecimal seconds) {
    long millis = seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
    return Duration.ofMillis(Math.clamp(millis, SHORTEST.toMillis(), LONGEST.toMillis()));
  }
}
