package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.Instances;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.function.Consumer;

/** The only instance: what is in memory is shared with nobody, and gone with it. */
final class Alone implements Instances {
  @Override
  public void stop(TurnId turn) {}

  @Override
  public Listening onStop(Consumer<TurnId> told) {
    return () -> {};
  }

  @Override
  public void release(Turn turn) {}

  @Override
  public List<Turn> orphans() {
    return List.of();
  }
}
