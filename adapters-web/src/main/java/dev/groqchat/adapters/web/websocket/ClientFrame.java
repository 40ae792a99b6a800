package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.nativeapi.NewTurnJson;
import dev.groqchat.adapters.web.turns.KeySpace;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a client of the native socket may ask. */
sealed interface ClientFrame {
  /** Start a turn, and follow it. */
  record Send(StartTurn.NewTurn wish) implements ClientFrame {}

  /** Follow a turn, from after an event. */
  record Follow(TurnId turn, long after) implements ClientFrame {}

  /** Stop a turn. */
  record Stop(TurnId turn) implements ClientFrame {}

  /** Answer. */
  record Ping() implements ClientFrame {}

  /**
   * What a JSON object asks.
   *
   * @param keys whose an idempotency key in it is
   * @throws ChatException if it asks nothing that is known, or not as it should
   * @throws tools.jackson.core.JacksonException if a field has the wrong type
   */
  static ClientFrame of(JsonNode frame, KeySpace keys, ObjectMapper json) {
    return switch (optional(frame, "type")) {
      case "send" -> new Send(wish(frame, keys, json));
      case "follow" -> new Follow(turn(frame), after(frame));
      case "stop" -> new Stop(turn(frame));
      case "ping" -> new Ping();
      case null, default ->
          throw ChatException.invalid("type", "type must be send, follow, stop or ping");
    };
  }

  private static StartTurn.NewTurn wish(JsonNode frame, KeySpace keys, ObjectMapper json) {
    ConversationId conversation = new ConversationId(required(frame, "conversation"));
    String idempotencyKey = keys.own(optional(frame, "idempotency_key"));
    return json.treeToValue(frame, NewTurnJson.class).in(conversation, idempotencyKey, true);
  }

  private static TurnId turn(JsonNode frame) {
    return TurnId.parse(required(frame, "turn"));
  }

  private static long after(JsonNode frame) {
    JsonNode after = frame.get("after");
    if (after == null || after.isNull()) {
      return 0;
    }
    if (after.isIntegralNumber() && after.canConvertToLong() && after.longValue() >= 0) {
      return after.longValue();
    }
    throw ChatException.invalid("after", "after must be the number of an event, or 0");
  }

  private static String required(JsonNode frame, String field) {
    String value = optional(frame, field);
    if (value == null) {
      throw ChatException.invalid(field, field + " is missing");
    }
    return value;
  }

  private static @Nullable String optional(JsonNode frame, String field) {
    JsonNode value = frame.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw ChatException.invalid(field, field + " must be a string");
    }
    return value.stringValue();
  }
}
