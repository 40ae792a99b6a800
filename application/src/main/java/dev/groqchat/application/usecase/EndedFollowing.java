package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Follows a turn whose journal is gone: the whole text in one gap, and the end. */
final class EndedFollowing implements Following {
  private final List<NumberedEvent> events;
  private volatile boolean ended;

  EndedFollowing(TurnState.Ended end, long after) {
    this.events = events(end, after);
    this.ended = events.isEmpty();
  }

  private static List<NumberedEvent> events(TurnState.Ended end, long after) {
    List<NumberedEvent> events = new ArrayList<>(2);
    if (after < end.lastSeq() - 1) {
      events.add(new NumberedEvent(end.lastSeq() - 1, new TurnEvent.Gap(end.reply().text())));
    }
    if (after < end.lastSeq()) {
      events.add(new NumberedEvent(end.lastSeq(), end.event()));
    }
    return List.copyOf(events);
  }

  @Override
  public List<NumberedEvent> next(Duration patience) {
    if (ended) {
      return List.of();
    }
    ended = true;
    return events;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    ended = true;
  }
}
