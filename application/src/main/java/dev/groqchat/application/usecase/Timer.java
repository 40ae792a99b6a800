package dev.groqchat.application.usecase;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
interface Timer {
  /**
   * Waits, then works.
   *
   * @param work must be short, and must not throw
   * @return takes it back, if it is not too late
   */
  Runnable after(Duration delay, Runnable work);
}
