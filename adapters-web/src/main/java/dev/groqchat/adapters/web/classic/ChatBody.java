package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.turn.OnDisconnect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the classic clients send: messages or a prompt. */
@Schema(name = "Chat")
public record ChatBody(
    @Schema(description = "the last one is the user's; several are the whole context of this call")
        @Nullable List<MessageRules.@Nullable Draft> messages,
    @Schema(description = "false: one JSON answer") @Nullable Boolean stream,
    @Schema(description = "instead of messages") @Nullable String prompt,
    @Schema(
            description = "left out, a reply that was made before will do",
            minimum = "0",
            maximum = "2")
        @Nullable Double temperature) {
  private static final OnDisconnect WHEN_THE_CLIENT_LEAVES = new OnDisconnect.Cancel();

  boolean isPrompt() {
    return prompt != null && messages == null;
  }

  /**
   * The turn that this wishes for.
   *
   * @param reuse whether a reply that was made before may be used at all
   */
  public StartTurn.NewTurn in(ConversationId session, boolean reuse) {
    return new StartTurn.NewTurn(
        session,
        said(),
        null,
        temperature,
        null,
        WHEN_THE_CLIENT_LEAVES,
        null,
        null,
        reuse && Reusable.classicCall(temperature));
  }

  /** What the user says, under the rules of what it came as. */
  private Said said() {
    return isPrompt() ? new Said.Prompt(prompt) : new Said.Transcript(messages);
  }
}
