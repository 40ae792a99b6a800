package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import java.util.function.Consumer;

/**
 * The instances of this service that share one store, this one among them. A turn is held by the
 * instance that added it to the {@link TurnStore}, until it is released or that instance is gone.
 * Thread-safe.
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
   * Lets a turn go: it has ended, and its followers were told. Idempotent.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.StoreUnavailable}
   */
  void release(Turn turn);

  /**
   * The turns whose instance is gone: nobody will end them, or tell their followers that they have
   * ended, unless the caller does and then {@linkplain #release releases} them. Two instances may
   * be given the same ones.
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
