package dev.groqchat.application.usecase.admission;

import dev.groqchat.application.fixtures.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Time that passes only when a test says so, and all that is to happen in it. Thread-safe. */
public final class VirtualTime implements InstantSource, Alarm {
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at).thenComparingLong(Due::number);

  private final Map<Due, Runnable> planned = new TreeMap<>(ORDER);
  private Instant now = Fixtures.NOW;
  private long number;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Runnable after(Duration delay, Runnable work) {
    Due due = new Due(delay.isNegative() ? now : now.plus(delay), number++);
    planned.put(due, work);
    return () -> forget(due);
  }

  private synchronized void forget(Due due) {
    planned.remove(due);
  }

  /** How much is still to happen. */
  public synchronized int planned() {
    return planned.size();
  }

  /** Goes on to what happens next, and lets it; false if nothing does. */
  public boolean next() {
    Runnable work = due(Instant.MAX);
    if (work != null) {
      work.run();
    }
    return work != null;
  }

  /** Lets time pass, and all that happens in it happen. */
  public void pass(Duration time) {
    Instant until = instant().plus(time);
    for (Runnable work = due(until); work != null; work = due(until)) {
      work.run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized @Nullable Runnable due(Instant until) {
    for (Due first : planned.keySet()) {
      if (first.at().isAfter(until)) {
        return null;
      }
      now = first.at().isAfter(now) ? first.at() : now;
      return planned.remove(first);
    }
    return null;
  }

  private record Due(Instant at, long number) {}
}
