package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes a conversation; what runs in it, here or on another instance, is stopped. */
final class ConversationDeleter implements DeleteConversation {
  /** Open turns are the newest: behind so many that have ended there are none. */
  private static final int PAGE = 50;

  private final ConversationStore conversations;
  private final TurnStore turns;
  private final Instances instances;
  private final OpenTurns open;

  ConversationDeleter(Ports ports, OpenTurns open) {
    this.conversations = ports.conversations();
    this.turns = ports.turns();
    this.instances = ports.instances();
    this.open = open;
  }

  @Override
  public boolean delete(Caller caller, ConversationId id) {
    ConversationKey key = new ConversationKey(caller.owner(), id);
    boolean existed = conversations.find(key).isPresent();
    open.stop(key);
    stopElsewhere(key);
    conversations.delete(key);
    return existed;
  }

  /** The newest first: none may begin because one before it has stopped. */
  private void stopElsewhere(ConversationKey key) {
    @Nullable TurnId cursor = null;
    boolean more = true;
    while (more) {
      List<Turn> page = turns.before(key, cursor, PAGE);
      List<Turn> running = page.stream().filter(turn -> !turn.hasEnded()).toList();
      running.stream()
          .map(Turn::id)
          .filter(turn -> open.find(turn).isEmpty())
          .forEach(instances::stop);
      more = !running.isEmpty();
      cursor = more ? page.getLast().id() : null;
    }
  }
}
