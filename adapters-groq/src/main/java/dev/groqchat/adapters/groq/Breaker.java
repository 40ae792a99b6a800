package dev.groqchat.adapters.groq;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * One model's circuit breaker. Streams live longer than its states do: a call counts only in the
 * state that let it in, so that neither the late success of an old call closes it, nor one that is
 * given up lets in a second probe. Thread-safe.
 */
final class Breaker {
  /** What is said of the wait while a probe is under way. */
  static final Duration PROBE = Duration.ofSeconds(1);

  private final CircuitBreaker circuit;
  private final InstantSource clock;
  private final Object lock = new Object();
  private int era;
  private Instant openUntil = Instant.MIN;

  Breaker(CircuitBreaker circuit) {
    this.circuit = circuit;
    this.clock = circuit.getCircuitBreakerConfig().getClock();
    circuit
        .getEventPublisher()
        .onStateTransition(event -> turned(event.getStateTransition().getToState()));
  }

  /** Comes on the thread that changes the state, while that holds the lock. */
  private void turned(State state) {
    synchronized (lock) {
      era++;
      if (state == State.OPEN) {
        openUntil = clock.instant().plus(Breakers.OPEN_FOR);
      }
    }
  }

  /**
   * Lets a call in. It has to be settled in the end, in one of the ways that {@link Call} has.
   *
   * @throws ChatException {@link Failure.CircuitOpen}
   */
  Call enter() {
    synchronized (lock) {
      if (circuit.tryAcquirePermission()) {
        return new Call(era, circuit.getState() == State.HALF_OPEN);
      }
      Duration left = Duration.between(clock.instant(), openUntil);
      throw new ChatException(new Failure.CircuitOpen(left.compareTo(PROBE) > 0 ? left : PROBE));
    }
  }

  /** A call that was let in. The first way in which it is settled holds. Thread-safe. */
  final class Call {
    private final long start = circuit.getCurrentTimestamp();
    private int entered;
    private boolean probe;
    private boolean settled;

    private Call(int entered, boolean probe) {
      this.entered = entered;
      this.probe = probe;
    }

    /**
     * The model has begun to answer. That is all that a probe is to find out: nobody waits for the
     * end of a long reply; how it ends counts like any other call's.
     */
    void begun() {
      synchronized (lock) {
        if (probe && entered == era && !settled) {
          circuit.onSuccess(took(), circuit.getTimestampUnit());
          entered = era;
          probe = false;
        }
      }
    }

    /** The reply is whole. */
    void succeeded() {
      settle(() -> circuit.onSuccess(took(), circuit.getTimestampUnit()));
    }

    /** The model has failed. */
    void failed(ChatException why) {
      settle(() -> circuit.onError(took(), circuit.getTimestampUnit(), why));
    }

    /** Nothing was found out. */
    void left() {
      settle(circuit::releasePermission);
    }

    private long took() {
      return circuit.getCurrentTimestamp() - start;
    }

    private void settle(Runnable how) {
      synchronized (lock) {
        if (!settled && entered == era) {
          how.run();
        }
        settled = true;
      }
    }
  }
}
