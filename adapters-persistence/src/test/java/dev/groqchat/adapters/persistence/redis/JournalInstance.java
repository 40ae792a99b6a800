package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.adapters.persistence.memory.MemoryLimits;
import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** One instance of the service, as far as journals go, with connections of its own. */
final class JournalInstance implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(5);
  static final Duration RETENTION = Duration.ofMinutes(10);

  /** Nothing is done by itself but what others wait for. */
  static final JournalPace NEVER =
      new JournalPace(
          Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

  /** Threads for all instances of all tests, which end with them: to start some takes time. */
  private static final ClientResources RESOURCES = resources();

  private final AbstractRedisClient client;
  private final RedisGate gate;
  private final RedisTurnJournal journal;
  private boolean closed;

  /** Waits until Redis has answered it once. */
  JournalInstance(AbstractRedisClient client, JournalPace pace, int maxEvents, int maxMirrors) {
    this.client = client;
    this.gate = new RedisGate(client, Duration.ofMillis(500));
    this.journal =
        new RedisTurnJournal(
            gate,
            new RedisSignals(gate),
            new MemoryLimits(
                Duration.ofHours(24), RETENTION, Long.MAX_VALUE, Long.MAX_VALUE, maxEvents),
            maxMirrors,
            UUID.randomUUID().toString(),
            pace,
            InstantSource.system());
    await(() -> {
      gate.breaker().reset(); // It need not know of attempts before there was a connection.
      return reachesRedis();
    });
    gate.breaker().reset();
  }

  static JournalInstance of(String url) {
    return of(url, JournalPace.DEFAULT);
  }

  static JournalInstance of(String url, JournalPace pace) {
    return of(url, pace, 100_000, 1_000);
  }

  static JournalInstance of(String url, JournalPace pace, int maxEvents, int maxMirrors) {
    RedisClient client = RedisClient.create(RESOURCES, RedisURI.create(url));
    client.setOptions(options());
    return new JournalInstance(client, pace, maxEvents, maxMirrors);
  }

  /** On a cluster. */
  static JournalInstance of(List<String> urls) {
    RedisClusterClient client =
        RedisClusterClient.create(RESOURCES, urls.stream().map(RedisURI::create).toList());
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    RedisClients.options(options);
    client.setOptions(options.build());
    return new JournalInstance(client, JournalPace.DEFAULT, 100_000, 1_000);
  }

  private static ClientResources resources() {
    ClientResources.Builder resources = ClientResources.builder();
    RedisClients.resources(resources);
    return resources.build();
  }

  private static ClientOptions options() {
    ClientOptions.Builder options = ClientOptions.builder();
    RedisClients.options(options);
    return options.build();
  }

  RedisTurnJournal journal() {
    return journal;
  }

  boolean reachesRedis() {
    try {
      return gate.call(redis -> redis.exists("groqchat:nothing")) == 0;
    } catch (RuntimeException _) {
      return false;
    }
  }

  /** What it wrote last is not written any more. */
  void crash() {
    gate.close();
    close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    journal.close();
    gate.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5)); // Not the threads: they are shared.
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not become so");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  TurnId opened() {
    TurnId turn = Fixtures.aTurnId();
    journal.open(turn);
    return turn;
  }

  long append(TurnId turn, TurnEvent... events) {
    return journal.append(turn, List.of(events));
  }

  Following follow(TurnId turn, long after) {
    return journal.follow(turn, after).orElseThrow();
  }

  /** Appends so many pieces of text, here and to the whole. */
  void write(TurnId turn, StringBuilder all, int events) {
    for (int n = 0; n < events; n++) {
      String piece = all.length() + " ";
      append(turn, new TurnEvent.Delta(piece));
      all.append(piece);
    }
  }

  /** All there is after a number, up to the ending. */
  List<NumberedEvent> rest(TurnId turn, long after) throws InterruptedException {
    try (Following follower = journal.follow(turn, after).orElseThrow()) {
      return rest(follower);
    }
  }

  static List<NumberedEvent> rest(Following follower) throws InterruptedException {
    List<NumberedEvent> events = new ArrayList<>();
    while (!follower.ended()) {
      events.addAll(follower.next(LONG));
    }
    return events;
  }

  /** The next so many events. */
  static List<NumberedEvent> take(Following follower, int count) throws InterruptedException {
    List<NumberedEvent> events = new ArrayList<>();
    while (events.size() < count) {
      events.addAll(follower.next(LONG));
    }
    return events;
  }

  static List<NumberedEvent> numbered(long first, TurnEvent... events) {
    return IntStream.range(0, events.length)
        .mapToObj(n -> new NumberedEvent(first + n, events[n]))
        .toList();
  }

  /** The reply as somebody has it who has been given these events. */
  static String text(List<NumberedEvent> events) {
    StringBuilder text = new StringBuilder();
    for (NumberedEvent event : events) {
      switch (event.event()) {
        case TurnEvent.Gap gap -> text.replace(0, text.length(), gap.text());
        case TurnEvent.Delta delta -> text.append(delta.text());
        case TurnEvent.Queued _, TurnEvent.Started _, TurnEvent.Reasoning _ -> {}
        case TurnEvent.Ending _ -> {}
      }
    }
    return text.toString();
  }
}
