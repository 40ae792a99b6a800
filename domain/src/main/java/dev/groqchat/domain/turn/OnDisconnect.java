package dev.groqchat.domain.turn;

import dev.groqchat.domain.failure.ChatException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of a turn that nobody follows any more. */
public sealed interface OnDisconnect {
  /** What a turn does unless it is told otherwise: long enough for a tunnel or a reload. */
  OnDisconnect DEFAULT = new Grace(Duration.ofSeconds(30));

  /** It goes on to its end. */
  record Continue() implements OnDisconnect {}

  /** It stops at once. */
  record Cancel() implements OnDisconnect {}

  /** It stops if nobody has come back by then. */
  record Grace(Duration patience) implements OnDisconnect {
    /** As long as a turn may run at all, and more. */
    public static final Duration LONGEST = Duration.ofHours(1);

    public Grace {
      if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
        throw ChatException.invalid(
            "on_disconnect", "on_disconnect's grace must be between 0s and 1h");
      }
    }
  }

  /** Reads {@code continue}, {@code cancel} or {@code grace:30s} (ms, s, m or h). */
  static OnDisconnect parse(String text) {
    Matcher grace = GraceForm.PATTERN.matcher(text);
    if (grace.matches()) {
      return new Grace(GraceForm.duration(Integer.parseInt(grace.group(1)), grace.group(2)));
    }
    return switch (text) {
      case "continue" -> new Continue();
      case "cancel" -> new Cancel();
      default ->
          throw ChatException.invalid(
              "on_disconnect", "on_disconnect must be continue, cancel or grace:<duration>");
    };
  }

  /** How a grace is written. */
  final class GraceForm {
    private static final Pattern PATTERN = Pattern.compile("grace:(\\d{1,7})(ms|s|m|h)");

    private GraceForm() {}

    private static Duration duration(int amount, String unit) {
      return switch (unit) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    }
  }
}
