package dev.groqchat.domain.conversation;

import dev.groqchat.domain.failure.ChatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be said. Lengths are in code points, which is what people count as characters.
 *
 * @param maxMessageLength the most one message may have
 * @param maxPromptLength the most a {@code prompt} may have
 */
public record MessageRules(int maxMessageLength, int maxPromptLength) {
  public MessageRules {
    if (maxMessageLength < 1 || maxPromptLength < 1) {
      throw new IllegalArgumentException("lengths must be at least 1");
    }
  }

  /** A user's message, valid. */
  public Message message(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw ChatException.invalid("message", "message cannot be empty");
    }
    return Message.user(
        requireWellFormed("message", notLonger("message", "message", text, maxMessageLength)));
  }

  /** A prompt, valid. */
  public Message prompt(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw ChatException.invalid("prompt", "prompt cannot be empty");
    }
    return Message.user(
        requireWellFormed("prompt", notLonger("prompt", "prompt", text, maxPromptLength)));
  }

  /** A system prompt, valid; blank means none. */
  public @Nullable String system(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return requireWellFormed(
        "system", notLonger("system", "system prompt", text, maxMessageLength));
  }

  /** A transcript that a client brought along, valid: see the messages for the rules. */
  public List<Message> transcript(@Nullable List<@Nullable Draft> drafts) {
    if (drafts == null || drafts.isEmpty()) {
      throw ChatException.invalid("messages", "messages cannot be empty");
    }
    List<Message> messages = new ArrayList<>(drafts.size());
    for (int index = 0; index < drafts.size(); index++) {
      messages.add(checked(drafts.get(index), index));
    }
    Role last = messages.getLast().role();
    if (last != Role.USER) {
      throw ChatException.invalid(
          "messages", "last message must be from user, got '" + last.word() + "'");
    }
    return List.copyOf(messages);
  }

  private Message checked(@Nullable Draft draft, int index) {
    Role role = role(draft == null ? null : draft.role(), index);
    String content = draft == null ? null : draft.content();
    String field = "messages[" + index + "].content";
    if (content == null || content.isBlank()) {
      throw ChatException.invalid(field, "empty content at index " + index);
    }
    notLonger(field, "content at index " + index, content, maxMessageLength);
    return new Message(role, requireWellFormed(field, content));
  }

  private static Role role(@Nullable String word, int index) {
    return switch (word) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case null, default ->
          throw ChatException.invalid(
              "messages[" + index + "].role",
              "invalid role '"
                  + shown(word)
                  + "' at index "
                  + index
                  + ": must be 'user' or 'assistant'");
    };
  }

  /**
   * What a client wrote, cut to a length that fits an error message, and such that it has UTF-8.
   */
  private static String shown(@Nullable String word) {
    if (word == null) {
      return "";
    }
    String cut =
        word.codePointCount(0, word.length()) <= 32
            ? word
            : word.substring(0, word.offsetByCodePoints(0, 32)) + "…";
    return cut.codePoints()
        .map(point -> isHalf(point) ? 0xFFFD : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String notLonger(String field, String what, String text, int limit) {
    // A text has at most as many code points as chars: most need no counting.
    if (text.length() > limit && text.codePointCount(0, text.length()) > limit) {
      throw ChatException.invalid(
          field, what + " exceeds maximum length of " + limit + " characters");
    }
    return text;
  }

  /** Half a surrogate pair has no UTF-8: it could be neither sent nor stored as it came. */
  static String requireWellFormed(String field, String text) {
    if (text.codePoints().anyMatch(MessageRules::isHalf)) {
      throw ChatException.invalid(field, field + " holds half a surrogate pair");
    }
    return text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** A message as a client wrote it, not yet valid. */
  public record Draft(@Nullable String role, @Nullable String content) {}
}
