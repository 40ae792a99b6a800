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
    List<Message> messages =
        switch (wish.said()) {
          case Said.Text(String text) -> List.of(settings.rules().message(text));
          case Said.Prompt(String text) -> List.of(settings.rules().prompt(text));
          case Said.Transcript(var drafts) -> settings.rules().transcript(drafts);
          case null ->
              List.of(
                  retried == null ? settings.rules().message(null) : retried.question().message());
        };
    return new Asked(messages, wish.reusable() && retried == null);
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
   * @param messages the question, or all that the client brought, with the question at its end
   * @param reusable whether a reply will do that was made before
   */
  record Asked(List<Message> messages, boolean reusable) {
    Message question() {
      return messages.getLast();
    }

    /** What the client brought instead of the stored history; null for the history. */
    @Nullable List<Message> transcript() {
      return messages.size() == 1 ? null : messages;
    }
  }
}
