package dev.groqchat.adapters.web.stream;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A turn's events, in a dialect. */
final class TurnSource implements Source {
  private final Following following;
  private final Dialect dialect;
  private final WatchDrain drain;
  private @Nullable Failure firstWord;
  private boolean begun;
  private boolean opened;
  private boolean toldOfDrain;

  TurnSource(Following following, Dialect dialect, WatchDrain drain) {
    this.following = following;
    this.dialect = dialect;
    this.drain = drain;
  }

  /** The failure, if the first there is to tell is that the turn has failed. */
  @Nullable Failure firstWord() {
    return firstWord;
  }

  @Override
  public void begin(Frames out) {
    opened = true;
    dialect.begin(out);
  }

  @Override
  public void next(Duration patience, Frames out) throws InterruptedException {
    for (NumberedEvent event : following.next(patience)) {
      if (!begun && event.event() instanceof TurnEvent.Failed(var failure)) {
        firstWord = failure;
      }
      dialect.frame(event, out);
      begun |= !out.isEmpty();
    }
    if (opened && !toldOfDrain && drain.draining()) {
      toldOfDrain = true;
      dialect.drain(out);
    }
  }

  @Override
  public boolean begun() {
    return begun;
  }

  @Override
  public boolean ended() {
    return following.ended();
  }

  @Override
  public void lost(Failure failure, Frames out) {
    dialect.lost(failure, out);
  }
}
