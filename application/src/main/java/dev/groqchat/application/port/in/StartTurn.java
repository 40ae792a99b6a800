package dev.groqchat.application.port.in;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a turn, in a conversation that is begun if it does not exist. The turn then goes on by
 * itself.
 */
public interface StartTurn {
  /**
   * Stores the message and sets the turn going.
   *
   * @return the turn and its first follower, which the caller closes
   * @throws dev.groqchat.domain.failure.ChatException if the request breaks a rule, its key stands
   *     for another one, there is too much to do, or the message cannot be stored. What goes wrong
   *     later is an event of the turn.
   */
  Started start(Caller caller, NewTurn turn);

  /**
   * What is to be started.
   *
   * @param said what the user says; null only for a retry, which takes that of the turn it retries
   * @param model null for the default one
   * @param temperature 0 to 2; null leaves it to the provider
   * @param maxTokens null for the default
   * @param onDisconnect null for the default
   * @param retryOf an ended turn of the same conversation; null if it is no retry. Transcripts are
   *     not kept: a retry of a turn that brought one has the stored history for its context, unless
   *     it brings one again.
   * @param idempotencyKey the same key attaches to the same turn, even where nothing new is
   *     started; null for none
   * @param reusable whether a reply will do that was made before, for the same owner and the same
   *     question
   */
  record NewTurn(
      ConversationId conversation,
      @Nullable Said said,
      @Nullable ModelId model,
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable OnDisconnect onDisconnect,
      @Nullable TurnId retryOf,
      @Nullable String idempotencyKey,
      boolean reusable) {}

  /** What the user says, as it came: the rules are applied here and nowhere else. */
  sealed interface Said {
    /** A message. */
    record Text(@Nullable String text) implements Said {}

    /** A message under the rules of a prompt. */
    record Prompt(@Nullable String text) implements Said {}

    /**
     * One message, which joins the stored history, or several: then they are the context of this
     * turn instead of the stored history, and only the last is stored.
     */
    record Transcript(@Nullable List<MessageRules.@Nullable Draft> messages) implements Said {}
  }

  /**
   * A turn that goes on by itself, and its first follower.
   *
   * @param allowance what the caller has left of its limit
   */
  record Started(Turn turn, Following following, Allowance allowance) {}
}
