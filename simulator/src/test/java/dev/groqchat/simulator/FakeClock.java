package dev.groqchat.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when told. */
final class FakeClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-20T08:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void forward(Duration time) {
    now = now.plus(time);
  }
}
