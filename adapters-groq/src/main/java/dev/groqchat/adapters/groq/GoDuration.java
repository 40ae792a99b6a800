package dev.groqchat.adapters.groq;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations as Go writes them, exactly: {@code 26ms}, {@code 59.66s}, {@code 9m38.016s}. */
final class GoDuration {
  private static final String AMOUNT = "(\\d{1,9}(?:\\.\\d{1,12})?)";
  private static final String UNIT = "(h|ms|m|us|µs|μs|ns|s)";
  private static final Pattern STEP = Pattern.compile(AMOUNT + UNIT);

  /**
   * The pattern of one, without groups. Go writes three steps at most; without a bound a long text
   * would overflow the stack.
   */
  static final String FORM = "(?:" + (AMOUNT + UNIT).replaceAll("\\((?!\\?)", "(?:") + "){1,6}";

  private static final Pattern WHOLE = Pattern.compile(FORM);

  private GoDuration() {}

  /** In seconds; null if the text is no such duration. */
  static @Nullable BigDecimal seconds(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      sum = sum.add(new BigDecimal(step.group(1)).multiply(unit(step.group(2))));
    }
    return sum;
  }

  private static BigDecimal unit(String unit) {
    return switch (unit) {
      case "h" -> BigDecimal.valueOf(3600);
      case "m" -> BigDecimal.valueOf(60);
      case "s" -> BigDecimal.ONE;
      case "ms" -> BigDecimal.valueOf(1, 3);
      case "ns" -> BigDecimal.valueOf(1, 9);
      default -> BigDecimal.valueOf(1, 6);
    };
  }
}
