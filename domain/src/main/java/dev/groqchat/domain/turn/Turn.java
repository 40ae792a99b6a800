package dev.groqchat.domain.turn;

import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Exchange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One user message and its reply.
 *
 * @param retryOf the turn it is a new attempt at; null if it is none
 * @param context what the model was sent; null until it is asked
 * @param model the model that answers; null until it does
 */
public record Turn(
    TurnId id,
    ConversationKey conversation,
    CountedMessage question,
    TurnOptions options,
    Instant createdAt,
    @Nullable TurnId retryOf,
    @Nullable SentContext context,
    @Nullable ModelId model,
    TurnState state) {

  public static Turn queued(
      TurnId id,
      ConversationKey conversation,
      CountedMessage question,
      TurnOptions options,
      Instant now,
      @Nullable TurnId retryOf) {
    return new Turn(
        id, conversation, question, options, now, retryOf, null, null, new TurnState.Queued());
  }

  /** The model is being asked. */
  public Turn running(SentContext sent) {
    return with(sent, model, new TurnState.Running());
  }

  public Turn answeredBy(ModelId answering) {
    return with(context, answering, state);
  }

  /** It is over. */
  public Turn ended(TurnState.Ended end) {
    return with(context, model, end);
  }

  public boolean hasEnded() {
    return state instanceof TurnState.Ended;
  }

  /**
   * What later turns may build on: a finished or stopped reply with a text. Failed turns are shown,
   * but not sent.
   */
  public Optional<Exchange> exchange() {
    return switch (state) {
      case TurnState.Finished finished -> exchange(finished.reply());
      case TurnState.Stopped stopped -> exchange(stopped.reply());
      case TurnState.Failed _, TurnState.Queued _, TurnState.Running _ -> Optional.empty();
    };
  }

  private Optional<Exchange> exchange(Reply reply) {
    return reply.text().isBlank()
        ? Optional.empty()
        : Optional.of(Exchange.of(question, reply.answer()));
  }

  private Turn with(
      @Nullable SentContext newContext, @Nullable ModelId newModel, TurnState newState) {
    if (state instanceof TurnState.Ended) {
      throw new IllegalStateException("a turn ends once, and does not change after that: " + id);
    }
    return new Turn(
        id, conversation, question, options, createdAt, retryOf, newContext, newModel, newState);
  }
}
