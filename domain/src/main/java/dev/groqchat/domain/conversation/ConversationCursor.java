package dev.groqchat.domain.conversation;

import java.time.Instant;

/**
 * A place in a list of conversations, newest first: everything after it was begun earlier, or at
 * the same time and has a lesser id.
 */
public record ConversationCursor(Instant createdAt, ConversationId id) {
  /** The place of a conversation. */
  public static ConversationCursor at(Conversation conversation) {
    return new ConversationCursor(conversation.createdAt(), conversation.key().id());
  }
}
