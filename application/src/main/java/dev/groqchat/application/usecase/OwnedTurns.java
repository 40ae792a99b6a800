package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;
import org.jspecify.annotations.Nullable;

/** Finds turns for those who may see them. Another owner's turn behaves as if it did not exist. */
final class OwnedTurns {
  private final TurnStore turns;
  private final TurnJournal journal;

  OwnedTurns(Ports ports) {
    this.turns = ports.turns();
    this.journal = ports.journal();
  }

  Turn find(Caller caller, TurnRef ref) {
    return turns
        .find(caller.owner(), ref.turn())
        .filter(turn -> in(ref.within(), turn))
        .orElseThrow(() -> new ChatException(new Failure.NotFound("turn")));
  }

  private static boolean in(@Nullable ConversationId within, Turn turn) {
    return within == null || within.equals(turn.conversation().id());
  }

  /** A turn and its text so far. */
  ReadTurn.View view(Turn turn) {
    if (turn.state() instanceof TurnState.Ended end) {
      return new ReadTurn.View(turn, end.reply().text(), end.reply().reasoning(), end.lastSeq());
    }
    return journal
        .progress(turn.id())
        .map(it -> new ReadTurn.View(turn, it.text(), it.reasoning(), it.lastSeq()))
        .orElseGet(() -> new ReadTurn.View(turn, "", "", 0));
  }
}
