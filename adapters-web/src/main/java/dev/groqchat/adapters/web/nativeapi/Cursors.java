package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.turn.TurnId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a place in a list so that clients hand it back without looking into it. */
final class Cursors {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

  private Cursors() {}

  static @Nullable String write(@Nullable ConversationCursor cursor) {
    if (cursor == null) {
      return null;
    }
    String plain = cursor.createdAt() + " " + cursor.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable ConversationCursor read(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int blank = plain.indexOf(' ');
      Instant createdAt = Instant.parse(plain.substring(0, Math.max(0, blank)));
      return new ConversationCursor(createdAt, new ConversationId(plain.substring(blank + 1)));
    } catch (IllegalArgumentException | DateTimeException | ChatException _) {
      throw unknown();
    }
  }

  /** A cursor in a list of turns is a turn's id. */
  static @Nullable TurnId turn(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      return TurnId.parse(cursor);
    } catch (ChatException _) {
      throw unknown();
    }
  }

  private static ChatException unknown() {
    return ChatException.invalid("cursor", "cursor is none that this service has given out");
  }

  /** As it was written: Spring would take 0x10 for a number, and the first of two. */
  static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw ChatException.invalid("limit", "limit must be between 1 and " + MOST);
    }
    return limit;
  }
}
