package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.function.Consumer;

/**
 * The instances of this service that share one store, this one among them. Each turn that has not
 * ended is held by the instance that added it to the {@link TurnStore}, for as long as that
 * instance lives. Thread-safe.
 */
public interface Instances {
  /**
   * Asks whichever other instance runs a turn to stop it. Returns without waiting for that.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.StoreUnavailable}
   */
  void stop(TurnId turn);

  /**
   * Hears what other instances ask with {@link #stop}, until it is closed.
   *
   * @param told quick; called in a thread that is not the listener's own
   */
  Listening onStop(Consumer<TurnId> told);

  /**
   * The turns that have not ended and whose instance is gone: nobody will end them, unless the
   * caller does. Two instances may be given the same ones.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.StoreUnavailable}
   */
  List<Turn> orphans();

  /** Hears until it is closed; idempotent. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
