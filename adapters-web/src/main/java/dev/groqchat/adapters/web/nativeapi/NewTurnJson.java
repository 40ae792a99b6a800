package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TurnId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A turn that a client wishes to start. */
@Schema(name = "NewTurn")
public record NewTurnJson(
    @Schema(description = "what the user says; only a retry may leave it out")
        @Nullable String message,
    @Schema(description = "one of /api/models; left out, the service's default")
        @Nullable String model,
    @Schema(minimum = "0", maximum = "2") @Nullable Double temperature,
    @Schema(description = "the most tokens the reply may have", minimum = "1")
        @Nullable Integer maxTokens,
    @Schema(
            description =
                "continue, cancel or grace:<duration>: how long the turn goes on unfollowed")
        @Nullable String onDisconnect,
    @Schema(description = "an ended turn of this conversation that is tried again")
        @Nullable String retryOf) {

  /**
   * The wish that this is, in a conversation.
   *
   * @param idempotencyKey as it is unique among its owner's; null for none
   * @param reuse whether a reply that was made before may be used at all
   * @throws dev.groqchat.domain.failure.ChatException if a value has no meaning
   */
  public StartTurn.NewTurn in(
      ConversationId conversation, @Nullable String idempotencyKey, boolean reuse) {
    boolean retriesTheSame = message == null && retryOf != null;
    return new StartTurn.NewTurn(
        conversation,
        retriesTheSame ? null : new StartTurn.Said.Text(message),
        model == null ? null : new ModelId(model),
        temperature,
        maxTokens,
        onDisconnect == null ? null : OnDisconnect.parse(onDisconnect),
        retryOf == null ? null : TurnId.parse(retryOf),
        idempotencyKey,
        reuse && Reusable.nativeCall(temperature, retryOf != null));
  }
}
