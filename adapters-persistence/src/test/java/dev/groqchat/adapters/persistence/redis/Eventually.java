package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.failure.ChatException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
final class Eventually {
  private Eventually() {}

  /** Returns once something is so; fails after long. A call that fails is not so yet. */
  static void holds(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!so(condition)) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static boolean so(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (ChatException _) {
      return false;
    }
  }
}
