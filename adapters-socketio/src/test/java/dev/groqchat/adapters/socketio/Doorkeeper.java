package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Remembers who wished for what, and refuses when it is told to. */
final class Doorkeeper implements StartTurn {
  private final StartTurn real;
  private final Queue<Failure> refusals = new ArrayDeque<>();
  private @Nullable Caller caller;
  private @Nullable NewTurn wish;

  Doorkeeper(StartTurn real) {
    this.real = real;
  }

  /** Refuses the next wish. */
  synchronized void refuse(Failure failure) {
    refusals.add(failure);
  }

  synchronized Caller caller() {
    return Objects.requireNonNull(caller, "nobody has asked");
  }

  synchronized NewTurn wish() {
    return Objects.requireNonNull(wish, "nobody has asked");
  }

  @Override
  public Started start(Caller asking, NewTurn asked) {
    note(asking, asked);
    return real.start(asking, asked);
  }

  private synchronized void note(Caller asking, NewTurn asked) {
    caller = asking;
    wish = asked;
    Failure refusal = refusals.poll();
    if (refusal != null) {
      throw new ChatException(refusal);
    }
  }
}
