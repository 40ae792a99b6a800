package dev.groqchat.domain.conversation;

import dev.groqchat.domain.failure.ChatException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its turns, which are kept and paged beside it.
 *
 * @param title null until there is one
 * @param system its own system prompt; null for the service's
 * @param startedBy the browser that started it, where there are no keys; null otherwise
 * @param updatedAt when it was last changed or spoken in
 */
public record Conversation(
    ConversationKey key,
    @Nullable String title,
    @Nullable String system,
    @Nullable VisitorId startedBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The most code points a title may have. */
  public static final int MAX_TITLE_LENGTH = 200;

  private static final int SUGGESTED_TITLE_LENGTH = 60;

  public Conversation {
    if (title != null && title.codePointCount(0, title.length()) > MAX_TITLE_LENGTH) {
      throw ChatException.invalid(
          "title", "title exceeds maximum length of " + MAX_TITLE_LENGTH + " characters");
    }
    if (title != null) {
      MessageRules.requireWellFormed("title", title);
    }
  }

  /** A new one, with nothing said yet. */
  public static Conversation begin(
      ConversationKey key,
      @Nullable String title,
      @Nullable String system,
      @Nullable VisitorId startedBy,
      Instant now) {
    return new Conversation(key, title, system, startedBy, now, now);
  }

  public Conversation renamed(@Nullable String newTitle, Instant now) {
    return new Conversation(key, newTitle, system, startedBy, createdAt, later(now));
  }

  public Conversation instructed(@Nullable String newSystem, Instant now) {
    return new Conversation(key, title, newSystem, startedBy, createdAt, later(now));
  }

  public Conversation spokenIn(Instant now) {
    return new Conversation(key, title, system, startedBy, createdAt, later(now));
  }

  /** Clocks may step back; what was seen must not. */
  private Instant later(Instant now) {
    return now.isAfter(updatedAt) ? now : updatedAt;
  }

  /**
   * A title for a conversation that begins with this message: its first line, shortened at a word.
   */
  public static String titleFrom(Message first) {
    String line = first.text().strip().lines().findFirst().orElse("").strip();
    if (line.codePointCount(0, line.length()) <= SUGGESTED_TITLE_LENGTH) {
      return line;
    }
    String cut = line.substring(0, line.offsetByCodePoints(0, SUGGESTED_TITLE_LENGTH));
    int blank = cut.lastIndexOf(' ');
    return (blank > 0 ? cut.substring(0, blank) : cut) + "…";
  }
}
