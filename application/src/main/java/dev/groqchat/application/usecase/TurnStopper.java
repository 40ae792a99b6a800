package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops a turn from anywhere: the instance that runs it is asked to, if it is not this one. */
final class TurnStopper implements StopTurn {
  /** How long a stop waits for the model's connection to be closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final OwnedTurns owned;
  private final OpenTurns open;
  private final Instances instances;
  private final TurnJournal journal;

  TurnStopper(Ports ports, OpenTurns open) {
    this.owned = new OwnedTurns(ports);
    this.open = open;
    this.instances = ports.instances();
    this.journal = ports.journal();
  }

  @Override
  public Receipt stop(Caller caller, TurnRef ref) throws InterruptedException {
    Turn turn = owned.find(caller, ref);
    Optional<OpenTurn> running = open.find(turn.id());
    if (running.isPresent()) {
      running.get().stop();
      running.get().awaitOver(PATIENCE);
    } else if (!turn.hasEnded()) {
      stopElsewhere(turn.id());
    }
    return receipt(owned.view(owned.find(caller, ref)));
  }

  /** Listens before it asks: the end may come at once. */
  private void stopElsewhere(TurnId turn) throws InterruptedException {
    long lastSeq = journal.progress(turn).map(TurnJournal.Progress::lastSeq).orElse(0L);
    Optional<Following> following = journal.follow(turn, lastSeq);
    if (following.isEmpty()) {
      instances.stop(turn);
      return;
    }
    try (Following events = following.get()) {
      instances.stop(turn);
      awaitEnd(events);
    }
  }

  private static void awaitEnd(Following events) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long left = PATIENCE.toNanos();
    while (!events.ended() && left > 0) {
      List<NumberedEvent> _ = events.next(Duration.ofNanos(left));
      left = deadline - System.nanoTime();
    }
  }

  private static Receipt receipt(ReadTurn.View view) {
    String text = view.text();
    TurnState state = view.turn().state();
    boolean closed =
        state instanceof TurnState.Stopped stopped
            ? stopped.upstreamClosed()
            : state instanceof TurnState.Ended;
    int length = text.codePointCount(0, text.length());
    return new Receipt(view.turn().id(), state.word(), view.lastSeq(), length, closed);
  }
}
