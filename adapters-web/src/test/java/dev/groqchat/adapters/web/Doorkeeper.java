package dev.groqchat.adapters.web;

import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Between the surfaces and the use case: remembers who wished for what, and answers a message as it
 * is told, whatever the use case would have said of limits and reuse.
 */
public final class Doorkeeper implements StartTurn {
  private final StartTurn real;
  private final Map<String, Failure> refusals = new ConcurrentHashMap<>();
  private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();
  private final Map<String, Reuse> reuses = new ConcurrentHashMap<>();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  Doorkeeper(StartTurn real) {
    this.real = real;
  }

  /** Who wished for what. */
  public record Asked(Caller caller, NewTurn wish) {}

  /** Whoever says this is refused. */
  public void refuse(String message, Failure failure) {
    refusals.put(message, failure);
  }

  /** Whoever says this has so much left. */
  public void allow(String message, Allowance allowance) {
    allowances.put(message, allowance);
  }

  /** The reply to this comes from there. */
  public void reuse(String message, Reuse reuse) {
    reuses.put(message, reuse);
  }

  /** Who has said this last, and how. */
  public Asked asked(String message) {
    return Objects.requireNonNull(asked.get(message), () -> "nobody has said " + message);
  }

  @Override
  public Started start(Caller caller, NewTurn wish) {
    String message = message(wish);
    asked.put(message, new Asked(caller, wish));
    if (refusals.containsKey(message)) {
      throw new ChatException(refusals.get(message));
    }
    Started started = real.start(caller, wish);
    return new Started(
        started.turn(),
        told(started.following(), reuses.get(message)),
        allowances.getOrDefault(message, started.allowance()));
  }

  private static String message(NewTurn wish) {
    return switch (wish.said()) {
      case Said.Text(String text) -> String.valueOf(text);
      case Said.Prompt(String text) -> String.valueOf(text);
      case Said.Transcript(var messages) when messages != null && !messages.isEmpty() ->
          messages.getLast() == null ? "" : String.valueOf(messages.getLast().content());
      case Said.Transcript _ -> "";
      case null -> "";
    };
  }

  private static Following told(Following following, @Nullable Reuse reuse) {
    if (reuse == null) {
      return following;
    }
    return new Following() {
      @Override
      public List<NumberedEvent> next(Duration patience) throws InterruptedException {
        return following.next(patience).stream().map(it -> told(it, reuse)).toList();
      }

      @Override
      public boolean ended() {
        return following.ended();
      }

      @Override
      public void close() {
        following.close();
      }
    };
  }

  private static NumberedEvent told(NumberedEvent numbered, Reuse reuse) {
    return numbered.event() instanceof TurnEvent.Started it
        ? new NumberedEvent(
            numbered.seq(), new TurnEvent.Started(it.turn(), it.conversation(), it.model(), reuse))
        : numbered;
  }
}
