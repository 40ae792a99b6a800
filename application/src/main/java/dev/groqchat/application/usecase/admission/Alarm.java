package dev.groqchat.application.usecase.admission;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
public interface Alarm {
  /**
   * Waits, then works.
   *
   * @param work is short, and does not throw
   * @return takes it back, if it is not too late
   */
  Runnable after(Duration delay, Runnable work);
}
