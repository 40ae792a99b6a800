package dev.groqchat.adapters.socketio;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import org.json.JSONObject;

/** What comes with a {@code user_message}: in which session, and what is said there. */
record UserMessage(String session, String text) {
  /** Stands for a message that came with nothing. */
  static final Object NOTHING = JSONObject.NULL;

  /**
   * Reads it. Whether the text is one is not decided here.
   *
   * @throws ChatException if a member is missing or is no text
   */
  static UserMessage of(Object payload) {
    if (!(payload instanceof JSONObject members)) {
      throw ChatException.invalid(
          "user_message", "user_message must come with {\"session_id\", \"message\"}");
    }
    if (members.isNull("session_id")) {
      // What the earlier service said to a client that was too early to know its session.
      throw new ChatException(new Failure.NotFound("conversation"));
    }
    return new UserMessage(text(members, "session_id"), text(members, "message"));
  }

  private static String text(JSONObject members, String name) {
    if (members.isNull(name)) {
      throw ChatException.invalid(name, name + " cannot be empty");
    }
    if (!(members.opt(name) instanceof String text)) {
      throw ChatException.invalid(name, name + " must be a string");
    }
    return text;
  }
}
