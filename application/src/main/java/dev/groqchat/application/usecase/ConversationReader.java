package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a conversation and its turns. */
final class ConversationReader implements ReadConversation {
  private final OwnedConversations owned;
  private final OwnedTurns views;
  private final TurnStore turns;

  ConversationReader(Ports ports) {
    this.owned = new OwnedConversations(ports.conversations());
    this.views = new OwnedTurns(ports);
    this.turns = ports.turns();
  }

  @Override
  public View read(Caller caller, ConversationId id, @Nullable TurnId before, int limit) {
    Conversation conversation = owned.find(caller, id);
    // One more than is shown tells whether there is a next page.
    List<Turn> found = turns.before(conversation.key(), before, limit + 1);
    List<Turn> shown = found.subList(0, Math.min(limit, found.size()));
    List<ReadTurn.View> page = shown.reversed().stream().map(views::view).toList();
    TurnId next = found.size() > limit ? shown.getLast().id() : null;
    return new View(conversation, new Page<>(page, next));
  }
}
