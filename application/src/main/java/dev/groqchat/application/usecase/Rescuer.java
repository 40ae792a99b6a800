package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.port.out.TurnJournal;
import dev.groqchat.application.port.out.TurnJournal.Progress;
import dev.groqchat.application.port.out.TurnStore;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.Reply;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;

/**
 * Ends the turns of instances that are gone: as failed, with the text that had reached the journal,
 * so that they can be retried and their conversations go on.
 */
final class Rescuer {
  private static final System.Logger LOG = System.getLogger(Rescuer.class.getName());

  private final TurnStore turns;
  private final TurnJournal journal;
  private final Instances instances;
  private final Ids ids;

  Rescuer(Ports ports, Ids ids) {
    this.turns = ports.turns();
    this.journal = ports.journal();
    this.instances = ports.instances();
    this.ids = ids;
  }

  /** Ends those that there are now. */
  void rescue() {
    for (Turn orphan : instances.orphans()) {
      try {
        rescue(orphan);
      } catch (ChatException e) {
        throw e; // The store is away, for the next one too.
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "turn " + orphan.id() + " cannot be ended", e);
      }
    }
  }

  /**
   * Somebody else may be at the same turn, even its own instance, if that was only held up: the
   * first end that is stored holds, and is the one that is told.
   */
  private void rescue(Turn orphan) {
    if (!orphan.hasEnded()) {
      LOG.log(
          System.Logger.Level.WARNING, "the instance that ran turn " + orphan.id() + " is gone");
      turns.update(orphan.ended(lost(orphan)));
    }
    turns
        .find(orphan.conversation().owner(), orphan.id())
        .filter(Turn::hasEnded)
        .ifPresent(ended -> Ends.tell(journal, ended));
    instances.release(orphan);
  }

  private TurnState.Ended lost(Turn orphan) {
    Progress progress = journal.progress(orphan.id()).orElseGet(() -> new Progress("", "", 0));
    Message answer = Message.assistant(progress.text());
    Reply reply = new Reply(new CountedMessage(answer, TokenCount.UNCOUNTED), progress.reasoning());
    Duration total = Duration.between(orphan.createdAt(), ids.now());
    Timings timings = new Timings(Duration.ZERO, null, total, Duration.ZERO);
    return new TurnState.Failed(reply, new Failure.InstanceLost(), timings, progress.lastSeq() + 1);
  }
}
