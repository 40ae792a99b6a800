package dev.groqchat.domain.conversation;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.id.UuidV7;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A conversation's name among its owner's, chosen by the client or made by us. */
public record ConversationId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public ConversationId {
    if (!FORM.matcher(value).matches()) {
      throw ChatException.invalid(
          "conversation", "a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
  }

  /** An id nobody can guess: a UUID of version 7. */
  public static ConversationId make(Instant now, RandomGenerator random) {
    return new ConversationId(UuidV7.of(now, random).toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
