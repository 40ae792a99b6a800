package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to Redis. Each call waits a short, bounded time for its answer, see {@link Patience}.
 * After a few that got none, all fail at once for a moment, so that nobody queues up before a Redis
 * that is away; then one may try. Whatever goes wrong is a {@link Failure.StoreUnavailable}.
 * Thread-safe.
 *
 * <p>An answer that is an error (full, loading, read-only) fails the call, but does not close the
 * gate: it came quickly, and other calls may still succeed.
 *
 * <p>Longer than a class should be: each way to call is short, and all are to go through one gate.
 */
final class RedisGate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisGate.class);
  private static final Failure UNAVAILABLE = new Failure.StoreUnavailable(Duration.ofSeconds(2));

  /** How long the gate stays closed before one call may try again. */
  private static final Duration CLOSED_FOR = Duration.ofMillis(500);

  /**
   * A connection that was open and gave nothing for so long is replaced: what is behind it may have
   * been replaced, too.
   */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How often it is looked whether the gate has opened. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long NOT_SILENT = Long.MIN_VALUE;

  private final AbstractRedisClient client;
  private final Duration patience;
  private final List<RedisLink<?>> links = new CopyOnWriteArrayList<>();
  private final RedisLink<StatefulConnection<String, String>> link;
  private final CircuitBreaker breaker;
  private final Patience waiting = new Patience();
  private final AtomicLong silentSince = new AtomicLong(NOT_SILENT);

  /**
   * Begins to connect; does not wait for it.
   *
   * @param client closed by whoever made it, after this
   * @param patience how long Redis may be silent while a call waits for its answer
   */
  RedisGate(AbstractRedisClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
    this.link = open(StringCodec.UTF8);
    this.breaker = newBreaker();
  }

  private static CircuitBreaker newBreaker() {
    CircuitBreaker breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(CLOSED_FOR)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(it -> LOG.info("redis: {}", it.getStateTransition()));
    return breaker;
  }

  /** What the gate knows of itself: for tests and metrics. */
  CircuitBreaker breaker() {
    return breaker;
  }

  /**
   * Sends commands and waits for their answer. Does not end earlier if the thread is interrupted:
   * what is stored last is often stored by a thread that was told to stop.
   *
   * @param commands sends without waiting; of several, a stage that ends with the last
   * @throws ChatException {@link Failure.StoreUnavailable}
   */
  <T extends @Nullable Object> T call(
      Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> commands) {
    return call(patience, commands);
  }

  /** The same with a patience of its own, for what nobody waits for or what must not be lost. */
  <T extends @Nullable Object> T call(
      Duration patienceOfItsOwn,
      Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> commands) {
    return guard(patienceOfItsOwn, () -> commands.apply(RedisClients.commands(link.now())));
  }

  /**
   * What every call is: sends something to Redis, if the gate is open, and waits for its answer.
   */
  <T extends @Nullable Object> T guard(
      Duration patienceOfItsOwn, Supplier<CompletionStage<T>> sending) {
    enter(Duration.ZERO);
    return guarded(patienceOfItsOwn, sending);
  }

  private <T extends @Nullable Object> T guarded(
      Duration patienceOfItsOwn, Supplier<CompletionStage<T>> sending) {
    long began = System.nanoTime();
    try {
      T result = await(sending.get().toCompletableFuture(), patienceOfItsOwn);
      answered(began);
      return result;
    } catch (RedisCommandExecutionException e) {
      answered(began);
      throw unavailable(e);
    } catch (Exception e) {
      unanswered(began, e);
      throw unavailable(e);
    } catch (Error e) {
      unanswered(began, e); // Else a probe would never be over, and the gate stay closed.
      throw e;
    }
  }

  /** Runs a script as one step. */
  <T> T run(RedisScript<T> script, List<String> keys, String... arguments) {
    return call(redis -> script.run(redis, keys, arguments));
  }

  /** The same with a patience of its own. */
  <T> T run(Duration ofItsOwn, RedisScript<T> script, List<String> keys, String... arguments) {
    return call(ofItsOwn, redis -> script.run(redis, keys, arguments));
  }

  /** The same, and waits as long for the gate to open: for what should not fail over a moment. */
  <T> T insist(Duration ofItsOwn, RedisScript<T> script, List<String> keys, String... arguments) {
    enter(ofItsOwn);
    return guarded(ofItsOwn, () -> script.run(RedisClients.commands(link.now()), keys, arguments));
  }

  /**
   * Sends commands if that can be done now, and waits for nothing: for what may be lost. Never
   * fails.
   */
  void send(Function<RedisClusterAsyncCommands<String, String>, CompletionStage<?>> commands) {
    if (breaker.getState() != CircuitBreaker.State.CLOSED) {
      return;
    }
    try {
      CompletionStage<?> _ = commands.apply(RedisClients.commands(link.now()));
    } catch (RuntimeException e) {
      LOG.debug("not sent to redis", e);
    }
  }

  /**
   * A further connection for commands, with another codec. Whoever uses it waits with {@link
   * #guard}.
   */
  <K, V> RedisLink<StatefulConnection<K, V>> open(RedisCodec<K, V> codec) {
    return link(() -> RedisClients.connect(client, codec), _ -> {});
  }

  /** A further connection, which is closed with this. See {@link RedisLink}. */
  <C extends StatefulConnection<?, ?>> RedisLink<C> link(
      Supplier<C> connect, Consumer<C> connected) {
    RedisLink<C> further = new RedisLink<>(connect, connected);
    links.add(further);
    return further;
  }

  /** What all connections are made of. */
  AbstractRedisClient client() {
    return client;
  }

  /** Waits until there is a connection and it answers, but not for long. */
  void awaitAnswer(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!link.made() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    try {
      call(atMost, redis -> redis.ping());
    } catch (ChatException e) {
      LOG.warn("redis does not answer yet; the service starts without it", e);
    }
  }

  /** Interrupted or not, as all that is waited for here. */
  private void enter(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    boolean entered = breaker.tryAcquirePermission();
    while (!entered && System.nanoTime() - deadline < 0) {
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(LOOK_NANOS);
      entered = breaker.tryAcquirePermission();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!entered) {
      throw unavailable(CallNotPermittedException.createCallNotPermittedException(breaker));
    }
  }

  /** Throws what the command failed with. */
  private <T extends @Nullable Object> T await(CompletableFuture<T> answer, Duration silence)
      throws Exception {
    try {
      return waiting.await(answer, silence);
    } catch (ExecutionException e) {
      throw RedisScript.unwrapped(e) instanceof Exception cause ? cause : e;
    }
  }

  private void answered(long began) {
    silentSince.set(NOT_SILENT);
    breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }

  private void unanswered(long began, Throwable failure) {
    long now = System.nanoTime();
    breaker.onError(now - began, TimeUnit.NANOSECONDS, failure);
    if (!(failure instanceof TimeoutException)) {
      silentSince.set(NOT_SILENT); // Broken, not silent: Lettuce is at it.
    } else if (!silentSince.compareAndSet(NOT_SILENT, began)
        && now - silentSince.get() > SILENCE_NANOS) {
      silentSince.set(NOT_SILENT);
      replaceConnections();
    }
  }

  /** Gives up all connections, and makes others. */
  void replaceConnections() {
    links.forEach(RedisLink::replace);
  }

  private static ChatException unavailable(Exception cause) {
    return new ChatException(UNAVAILABLE, cause);
  }

  @Override
  public void close() {
    links.forEach(RedisLink::close);
  }
}
