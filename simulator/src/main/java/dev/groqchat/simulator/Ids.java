package dev.groqchat.simulator;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The ids an answer carries. */
final class Ids {
  private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  private Ids() {}

  static String completion() {
    return "chatcmpl-" + UUID.randomUUID();
  }

  /** OpenRouter's. */
  static String generation() {
    return "gen-" + UUID.randomUUID();
  }

  /** {@code req_} and a ULID in lower case: 48 bits of time, 80 of chance, five to a character. */
  static String request(InstantSource clock) {
    var random = ThreadLocalRandom.current();
    var id = new StringBuilder("req_");
    long time = clock.millis();
    for (int shift = 45; shift >= 0; shift -= 5) id.append(CROCKFORD[(int) (time >>> shift) & 31]);
    for (int i = 0; i < 16; i++) id.append(CROCKFORD[random.nextInt(32)]);
    return id.toString();
  }

  static String toolCall() {
    return "fc_" + UUID.randomUUID();
  }

  static int seed() {
    return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  }
}
