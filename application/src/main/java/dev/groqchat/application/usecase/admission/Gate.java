package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.traffic.ModelBudget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where those that wait for one model go through, one after the other: the first that the provider
 * has no room for yet holds up all others, so that big ones do not starve. Not thread-safe.
 */
final class Gate {
  /** Whose turn it is; null if nobody has been chosen. */
  @Nullable Place head;

  /** The provider's budget is being asked for the head. */
  boolean asking;

  /** While it was, something was heard of the budget that its answer may not know of yet. */
  boolean heard;

  /** Before this there is no use in asking again; null if there is. */
  @Nullable Instant notBefore;

  /** As it was when it was last seen. */
  ModelBudget seen = ModelBudget.UNKNOWN;

  private Runnable endAlarm = () -> {};

  boolean free() {
    return head == null;
  }

  /** Whether there is a head for which the budget may be asked now. */
  boolean due() {
    return head != null && !asking && notBefore == null;
  }

  void shut(Instant until, Runnable cancel) {
    open();
    notBefore = until;
    endAlarm = cancel;
  }

  void open() {
    endAlarm.run();
    notBefore = null;
  }
}
