package dev.groqchat.simulator;

import java.time.Duration;

/**
 * When each token is due. Kept by deadlines, so that a late one does not make all that follow late.
 */
final class Pace {
  private final long nanosPerToken;
  private long start;

  /** Starts now; the first token is due at once. */
  Pace(double tokensPerSecond) {
    nanosPerToken = tokensPerSecond == 0 ? 0 : (long) (1e9 / tokensPerSecond);
    start = System.nanoTime();
  }

  boolean isDue(int token) {
    return start + token * nanosPerToken - System.nanoTime() <= 0;
  }

  void await(int token) throws InterruptedException {
    sleep(start + token * nanosPerToken - System.nanoTime());
  }

  /** Silence that no later token makes up for. */
  void pause(Duration silence) throws InterruptedException {
    long before = System.nanoTime();
    sleep(silence.toNanos());
    start += System.nanoTime() - before;
  }

  long elapsedNanos() {
    return System.nanoTime() - start;
  }

  /**
   * Throws also when there is nothing to wait for: this is where a client that has gone is noticed.
   */
  private static void sleep(long nanos) throws InterruptedException {
    if (nanos > 0) Thread.sleep(Duration.ofNanos(nanos));
    else if (Thread.interrupted()) throw new InterruptedException();
  }
}
