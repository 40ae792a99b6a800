package dev.groqchat.adapters.web.classic;

import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.domain.conversation.MessageRules;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the classic clients send: messages or a prompt. */
public record ChatBody(
    @Schema(description = "the last one is the user's; several are the whole context of this call")
        @Nullable List<MessageRules.@Nullable Draft> messages,
    @Schema(description = "false: one JSON answer") @Nullable Boolean stream,
    @Schema(description = "instead of messages") @Nullable String prompt) {

  boolean isPrompt() {
    return prompt != null && messages == null;
  }

  /** What the user says, under the rules of what it came as. */
  public Said said() {
    return isPrompt() ? new Said.Prompt(prompt) : new Said.Transcript(messages);
  }
}
