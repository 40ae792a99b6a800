package dev.groqchat.adapters.groq;

import java.util.concurrent.TimeUnit;

/**
 * A reply that is under way is read once in each beat, all replies at the same time: decision 20.
 * What is done with it costs by the piece and by the thread that has to be woken: a fast model's
 * tokens are taken ten at a time. Nobody sees so short a wait: a screen shows 60 pictures a second.
 * For one thread.
 */
final class Beat {
  static final long NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The one in which something of the reply was taken last. */
  private long last = Long.MIN_VALUE;

  /** Something was taken. */
  void taken() {
    last = number(System.nanoTime());
  }

  /**
   * Waits for the next one, if something was taken in this one. So the first piece, and what comes
   * more slowly than beats do, is never held up.
   */
  void awaitNext() throws InterruptedException {
    long now = System.nanoTime();
    if (last == number(now)) {
      TimeUnit.NANOSECONDS.sleep(NANOS - Math.floorMod(now, NANOS));
    }
  }

  private static long number(long nanos) {
    return Math.floorDiv(nanos, NANOS);
  }
}
