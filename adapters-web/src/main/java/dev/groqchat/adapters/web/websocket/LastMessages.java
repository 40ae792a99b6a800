package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.classic.MessageJson;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the last messages of a conversation's finished turns. Thread-safe. */
final class LastMessages {
  private static final int MOST_TURNS = 10;

  private final ReadConversation readConversation;

  LastMessages(ReadConversation readConversation) {
    this.readConversation = readConversation;
  }

  /** The last twenty at most, oldest first. Blocks for the store. */
  List<MessageJson> of(Caller caller, ConversationId conversation) {
    Deque<ReadTurn.View> finished = new ArrayDeque<>();
    @Nullable TurnId before = null;
    do {
      Page<ReadTurn.View, TurnId> page =
          readConversation.read(caller, conversation, before, MOST_TURNS).turns();
      page.items().reversed().stream()
          .filter(view -> view.turn().state() instanceof TurnState.Finished)
          .limit(MOST_TURNS - finished.size())
          .forEach(finished::addFirst);
      before = page.next();
    } while (before != null && finished.size() < MOST_TURNS);
    return finished.stream().flatMap(MessageJson::pair).toList();
  }
}
