package dev.groqchat.domain.turn;

import dev.groqchat.domain.failure.ChatException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A client's own name for a request, so that sending it twice starts one turn (the Idempotency-Key
 * header, IETF draft draft-ietf-httpapi-idempotency-key-header).
 *
 * @param value the key; belongs to its owner
 * @param fingerprint what was asked under it, so that another request under the same key is noticed
 */
public record IdempotencyKey(String value, String fingerprint) {
  /** How long a key is known. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  public IdempotencyKey {
    if (!FORM.matcher(value).matches()) {
      throw ChatException.invalid(
          "Idempotency-Key", "Idempotency-Key must be 1 to 255 visible ASCII characters");
    }
  }

  /** Without its value: logs are not to know it. */
  @Override
  public String toString() {
    return "IdempotencyKey[fingerprint=" + fingerprint + "]";
  }
}
