package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnOptions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks what is wished of a turn against the rules, and fills in what is left open. */
final class TurnWishes {
  private final TurnSettings settings;
  private final OwnedTurns owned;

  TurnWishes(Ports ports, TurnSettings settings) {
    this.settings = settings;
    this.owned = new OwnedTurns(ports);
  }

  /** Under which key it is wished; null for none. */
  static @Nullable IdempotencyKey key(NewTurn wish) {
    return wish.idempotencyKey() == null
        ? null
        : new IdempotencyKey(wish.idempotencyKey(), Fingerprint.of(wish));
  }

  Asked asked(Caller caller, NewTurn wish) {
    Turn retried =
        wish.retryOf() == null
            ? null
            : owned.find(caller, new TurnRef(wish.conversation(), wish.retryOf()));
    if (retried != null && !retried.hasEnded()) {
      throw ChatException.invalid("retry_of", "retry_of names a turn that has not ended yet");
    }
    return switch (wish.said()) {
      case Said.Text(String text) -> new Asked(settings.rules().message(text), null);
      case Said.Prompt(String text) -> new Asked(settings.rules().prompt(text), null);
      case Said.Transcript(var drafts) -> Asked.of(settings.rules().transcript(drafts));
      case null ->
          retried == null
              ? new Asked(settings.rules().message(null), null)
              : new Asked(retried.question().message(), null);
    };
  }

  TurnOptions options(NewTurn wish) {
    return new TurnOptions(
        Objects.requireNonNullElse(wish.model(), settings.model()),
        wish.temperature(),
        Objects.requireNonNullElse(wish.maxTokens(), settings.maxTokens()),
        Objects.requireNonNullElse(wish.onDisconnect(), OnDisconnect.DEFAULT));
  }

  /**
   * What is asked.
   *
   * @param transcript what the client brought instead of the stored history, with the question at
   *     its end; null for the history
   */
  record Asked(Message question, @Nullable List<Message> transcript) {
    private static Asked of(List<Message> messages) {
      return new Asked(messages.getLast(), messages.size() == 1 ? null : messages);
    }
  }
}
