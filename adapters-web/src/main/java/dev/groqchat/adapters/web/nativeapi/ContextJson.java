package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.application.port.in.ReadContext;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model saw of a conversation, and what was left out. */
@Schema(name = "Context")
record ContextJson(String turn, Part sent, Part dropped) {
  static ContextJson of(ReadContext.View view) {
    return new ContextJson(view.turn().toString(), Part.of(view.sent()), Part.of(view.dropped()));
  }

  /** Messages and their tokens together. */
  @Schema(name = "ContextPart")
  record Part(List<MessageJson> messages, long tokens) {
    static Part of(List<ReadContext.Part> parts) {
      return new Part(
          parts.stream().map(MessageJson::of).toList(),
          parts.stream().mapToLong(part -> part.message().count().tokens()).sum());
    }
  }

  /**
   * A message.
   *
   * @param turn where it comes from; null for a system prompt and for a transcript of the client's
   *     own
   * @param source {@code exact} if counted in the model's own encoding, else {@code estimated}
   */
  @Schema(name = "ContextMessage")
  record MessageJson(
      @Nullable String turn,
      String role,
      String content,
      int tokens,
      @Schema(allowableValues = {"exact", "estimated"}) String source) {
    static MessageJson of(ReadContext.Part part) {
      return new MessageJson(
          part.turn() == null ? null : part.turn().toString(),
          part.message().message().role().word(),
          part.message().message().text(),
          part.message().count().tokens(),
          part.message().count().exact() ? "exact" : "estimated");
    }
  }
}
