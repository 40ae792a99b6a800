package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.stream.Dialect;
import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The native API's events: numbered, named, everything told. */
final class NativeDialect implements Dialect {
  /** When those who lost their stream to a shutdown should come back, in ms: spread out. */
  private static final long EARLIEST_RETURN = 500;

  private static final long LATEST_RETURN = 3_000;

  private final TurnId turn;

  NativeDialect(TurnId turn) {
    this.turn = turn;
  }

  @Override
  public void frame(NumberedEvent numbered, Frames out) {
    EventJson event = EventJson.of(turn, numbered);
    out.event(numbered.seq(), event.name(), event.data());
  }

  @Override
  public void drain(Frames out) {
    long jitter = ThreadLocalRandom.current().nextLong(EARLIEST_RETURN, LATEST_RETURN);
    out.retry(Duration.ofMillis(jitter));
  }
}
