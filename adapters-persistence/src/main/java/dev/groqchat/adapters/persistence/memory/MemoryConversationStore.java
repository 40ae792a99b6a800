package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.conversation.VisitorId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The conversations of a {@link ConversationSpace}. */
final class MemoryConversationStore implements ConversationStore {
  private final ConversationSpace space;

  MemoryConversationStore(ConversationSpace space) {
    this.space = space;
  }

  @Override
  public boolean create(Conversation conversation) {
    return space.create(conversation);
  }

  @Override
  public Optional<Conversation> find(ConversationKey key) {
    return space.find(key).map(StoredConversation::conversation);
  }

  @Override
  public Page<Conversation, ConversationCursor> list(
      Owner owner, @Nullable VisitorId startedBy, @Nullable ConversationCursor after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
    // One more than asked for, to know whether this is the last page.
    List<Conversation> found = space.list(owner, startedBy, after, Math.addExact(limit, 1));
    return found.size() <= limit
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, limit), ConversationCursor.at(found.get(limit - 1)));
  }

  @Override
  public Optional<Conversation> edit(ConversationKey key, UnaryOperator<Conversation> change) {
    return space.edit(key, change);
  }

  @Override
  public void delete(ConversationKey key) {
    space.delete(key);
  }
}
