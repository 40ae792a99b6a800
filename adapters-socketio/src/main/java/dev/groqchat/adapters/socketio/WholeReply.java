package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gathers a turn's events into the one thing that is said about it. For one thread. */
final class WholeReply {
  /** How long one look at a journal takes; leaving does not wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Wording wording;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Event said;

  WholeReply(Wording wording) {
    this.wording = wording;
  }

  /** Blocks until the turn has ended, or the following is closed. */
  Event read(Following following) throws InterruptedException {
    while (!following.ended()) {
      for (NumberedEvent event : following.next(PATIENCE)) {
        take(event.event());
      }
    }
    return said == null ? wording.failure(new Failure.Internal()) : said;
  }

  private void take(TurnEvent event) {
    switch (event) {
      case TurnEvent.Queued _, TurnEvent.Started _, TurnEvent.Reasoning _ -> {}
      case TurnEvent.Delta(var piece) -> text.append(piece);
      case TurnEvent.Gap(var whole) -> text.replace(0, text.length(), whole);
      case TurnEvent.Finished _, TurnEvent.Stopped _ -> said = wording.botMessage(text.toString());
      case TurnEvent.Failed(var failure) -> said = wording.failure(failure);
    }
  }
}
