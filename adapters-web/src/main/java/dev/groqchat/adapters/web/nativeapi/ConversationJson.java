package dev.groqchat.adapters.web.nativeapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.turn.TurnId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as the native API writes it.
 *
 * @param turns oldest first; absent in a list
 * @param next the cursor for the turns before these; absent if there are none, and in a list
 */
@Schema(name = "Conversation")
record ConversationJson(
    String id,
    @Nullable String title,
    @Nullable String system,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TurnJson> turns,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

  static ConversationJson of(Conversation conversation) {
    return of(conversation, null, null);
  }

  static ConversationJson of(ReadConversation.View view) {
    TurnId next = view.turns().next();
    return of(
        view.conversation(),
        view.turns().items().stream().map(TurnJson::of).toList(),
        next == null ? null : next.toString());
  }

  private static ConversationJson of(
      Conversation it, @Nullable List<TurnJson> turns, @Nullable String next) {
    return new ConversationJson(
        it.key().id().value(),
        it.title(),
        it.system(),
        it.createdAt(),
        it.updatedAt(),
        turns,
        next);
  }
}
