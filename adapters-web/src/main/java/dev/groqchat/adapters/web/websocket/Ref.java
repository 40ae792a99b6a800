package dev.groqchat.adapters.web.websocket;

import dev.groqchat.domain.failure.ChatException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's own name for a question, which the first frame of the answer carries back.
 *
 * @param value a string or a whole number; null for none
 */
record Ref(@Nullable JsonNode value) {
  static final Ref NONE = new Ref((JsonNode) null);

  private static final int MOST_CHARS = 128;

  /**
   * The ref of a frame.
   *
   * @throws ChatException if it can be none
   */
  static Ref of(JsonNode frame) {
    JsonNode given = frame.get("ref");
    if (given == null || given.isNull()) {
      return NONE;
    }
    boolean fits =
        given.isString()
            ? fits(given.stringValue())
            : given.isIntegralNumber() && given.canConvertToLong();
    if (!fits) {
      throw ChatException.invalid(
          "ref", "ref must be a whole number, or a string of at most 128 characters");
    }
    return new Ref(given);
  }

  /** Half a surrogate pair has no UTF-8: it cannot be sent back. */
  private static boolean fits(String text) {
    return text.length() <= MOST_CHARS
        && text.codePoints()
            .noneMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  void putInto(ObjectNode frame) {
    if (value != null) {
      frame.set("ref", value);
    }
  }
}
