package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.turns.KeySpace;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.ConversationId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

/**
 * Who has opened a socket, as the handshake found out.
 *
 * @param keys whose the idempotency keys are that come
 * @param session the conversation of a classic socket; null of a native one
 */
record Visit(Caller caller, KeySpace keys, @Nullable ConversationId session) {
  private static final String ATTRIBUTE = Visit.class.getName();

  void leaveIn(Map<String, Object> attributes) {
    attributes.put(ATTRIBUTE, this);
  }

  static Visit of(WebSocketSession socket) {
    return (Visit) Objects.requireNonNull(socket.getAttributes().get(ATTRIBUTE), "no handshake");
  }
}
