package dev.groqchat.adapters.socketio;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
final class Eventually {
  private Eventually() {}

  /** Returns once it holds; fails if it never does. */
  static void holds(String what, BooleanSupplier condition) {
    holdsWithin(Duration.ofSeconds(20), what, condition);
  }

  static void holdsWithin(Duration patience, String what, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what);
      }
      Thread.onSpinWait();
    }
  }
}
