package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.Chat.Answer;
import dev.groqchat.acceptance.Chat.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Many instances are one service. The figures are printed; only what must hold is asserted. */
@Timeout(300)
class ManyInstancesIT {
  private static final int CONVERSATIONS = 200;
  private static final int MESSAGES = 10;

  @TempDir private static Path folder;
  private static ManyInstances site;

  @BeforeAll
  static void up() throws Exception {
    site = ManyInstances.up(folder);
  }

  @AfterAll
  static void down() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void aTurnIsFollowedOnTheOtherInstanceAsItComes() throws Exception {
    String turn = started("watched", "/sim tokens=200 rate=100");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Arrival>> here = threads.submit(() -> arrivals(site.chat(1), "watched", turn));
      Future<List<Arrival>> there = threads.submit(() -> arrivals(site.chat(2), "watched", turn));
      List<Arrival> own = here.get();
      List<Arrival> other = there.get();

      assertThat(other)
          .extracting(Arrival::event)
          .isEqualTo(own.stream().map(Arrival::event).toList());
      double[] added =
          IntStream.range(0, own.size())
              .mapToDouble(i -> (other.get(i).nanos() - own.get(i).nanos()) / 1e6)
              .sorted()
              .toArray();
      System.out.printf(
          "An event reaches a follower on the other instance %.1f ms later (p50; p99 %.1f ms)%n",
          added[added.length / 2], added[added.length * 99 / 100]);
    }
  }

  @Test
  void aTurnIsStoppedFromTheOtherInstance() throws Exception {
    String turn = started("stopped", "/sim tokens=100000 rate=50");
    site.model().awaitOpenStreams(1, Duration.ofSeconds(10));

    Answer receipt =
        site.chat(2).post("/api/conversations/stopped/turns/" + turn + "/stop", Map.of(), null);

    assertThat(receipt.text("status")).isEqualTo("stopped");
    assertThat(receipt.body().path("upstream_closed").asBoolean()).isTrue();
    site.model().awaitIdle(Duration.ofSeconds(10));
  }

  @Test
  void deletingAConversationStopsItsTurnOnTheOtherInstance() throws Exception {
    String _ = started("deleted", "/sim tokens=100000 rate=50");
    site.model().awaitOpenStreams(1, Duration.ofSeconds(10));

    assertThat(site.chat(2).delete("/api/conversations/deleted")).isEqualTo(204);

    site.model().awaitIdle(Duration.ofSeconds(10));
    assertThat(site.chat(1).get("/api/conversations/deleted").status()).isEqualTo(404);
  }

  @Test
  void nothingIsLostAndNothingTwiceWhenAnInstanceIsKilled() throws Exception {
    CountDownLatch underWay = new CountDownLatch(CONVERSATIONS * MESSAGES / 4);
    Map<String, Integer> cut = new ConcurrentHashMap<>();
    long begin = System.nanoTime();
    List<Callable<Void>> people = new ArrayList<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      String conversation = "kill-" + i;
      people.add(() -> talk(conversation, underWay, cut));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> talks = people.stream().map(threads::submit).toList();
      underWay.await();
      site.kill(1);
      site.start(1);
      for (Future<Void> talk : talks) {
        talk.get();
      }
    }
    for (int i = 0; i < CONVERSATIONS; i++) {
      assertStrictPairs("kill-" + i);
    }
    System.out.printf(
        "%d conversations, %d messages, one instance killed and started again amid them: all"
            + " stored in order, all answered once; turns that were cut and tried again: %s; %.1f s%n",
        CONVERSATIONS,
        CONVERSATIONS * MESSAGES,
        new TreeMap<>(cut),
        (System.nanoTime() - begin) / 1e9);
  }

  @Test
  void aRollingRestartLosesNoCharacter() throws Exception {
    AtomicBoolean restarted = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger resumed = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> readers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String conversation = "rolling-" + i;
        readers.add(
            threads.submit(() -> {
              do {
                readWhole(conversation, resumed);
                answers.incrementAndGet();
              } while (!restarted.get());
              return null;
            }));
      }
      for (int instance = 1; instance <= 2; instance++) {
        site.stop(instance);
        site.start(instance);
      }
      restarted.set(true);
      for (Future<Void> reader : readers) {
        reader.get();
      }
    }
    System.out.printf(
        "Both instances restarted one after the other: %d answers whole, %d times resumed%n",
        answers.get(), resumed.get());
  }

  /** Starts a turn on the first instance, which then runs it by itself. */
  private static String started(String conversation, String message) throws Exception {
    try (var events =
        site.chat(1)
            .start(
                conversation,
                Map.of("message", message, "on_disconnect", "continue"),
                UUID.randomUUID().toString())) {
      return events.turn();
    }
  }

  private static List<Arrival> arrivals(Chat chat, String conversation, String turn)
      throws Exception {
    List<Arrival> arrivals = new ArrayList<>();
    try (var events = chat.follow(conversation, turn, 0)) {
      for (Event event = events.next(); event != null; event = events.next()) {
        arrivals.add(new Arrival(event, System.nanoTime()));
      }
    }
    assertThat(arrivals.getLast().event().name()).isEqualTo("finished");
    return arrivals;
  }

  private record Arrival(Event event, long nanos) {}

  /** Says ten things, one after the other, and does not rest until each is answered. */
  private static Void talk(String conversation, CountDownLatch underWay, Map<String, Integer> cut)
      throws InterruptedException {
    for (int i = 0; i < MESSAGES; i++) {
      Map<String, String> body = Map.of("message", message(i));
      String key = UUID.randomUUID().toString();
      String status = "";
      while (!status.equals("finished")) {
        Answer answer = tried(conversation, body, key);
        status = answer.text("status");
        JsonNode turn = answer.body().path("turn");
        if (turn.path("status").asString("").equals("failed")) {
          // The answer broke off: a new one is asked for.
          body = Map.of("retry_of", turn.path("id").asString(""));
          key = UUID.randomUUID().toString();
          String type = turn.path("error").path("type").asString("");
          cut.merge(type.substring(type.lastIndexOf(':') + 1), 1, Integer::sum);
        }
      }
      underWay.countDown();
    }
    return null;
  }

  private static String message(int i) {
    return "/sim tokens=20 rate=200 first=20ms\nmessage " + i;
  }

  /** With the same key for as long as it takes to get an answer: it stays the same turn. */
  private static Answer tried(String conversation, Map<String, String> body, String key)
      throws InterruptedException {
    while (true) {
      try {
        Answer answer =
            site.chat().post("/api/conversations/" + conversation + "/turns", body, key);
        if (answer.status() < 500 || answer.body().has("turn")) {
          assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201, 502, 503);
          return answer;
        }
      } catch (IOException _) {
        // The instance went away in mid-answer.
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static void assertStrictPairs(String conversation) throws Exception {
    Answer stored = site.chat().get("/api/conversations/" + conversation + "?limit=100");
    List<String> finished = new ArrayList<>();
    List<String> statuses = new ArrayList<>();
    for (JsonNode turn : stored.body().path("turns")) {
      statuses.add(turn.path("status").asString(""));
      if (turn.path("status").asString("").equals("finished")) {
        finished.add(turn.path("message").asString(""));
        assertThat(turn.path("text").asString("").strip())
            .isEqualTo(String.join(" ", Arrays.asList(numbers(20))));
      }
    }
    assertThat(finished)
        .as(conversation)
        .containsExactlyElementsOf(
            IntStream.range(0, MESSAGES).mapToObj(ManyInstancesIT::message).toList());
    assertThat(statuses).isSubsetOf("finished", "failed");
  }

  private static String[] numbers(int most) {
    return IntStream.rangeClosed(1, most).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /** Reads an answer to its end, coming back whenever the connection is lost. */
  private static void readWhole(String conversation, AtomicInteger resumed) throws Exception {
    Map<String, String> body = Map.of("message", "/sim tokens=150 rate=75");
    String key = UUID.randomUUID().toString();
    StringBuilder text = new StringBuilder();
    String turn = "";
    long seq = 0;
    while (true) {
      try (var events =
          turn.isEmpty()
              ? site.chat().start(conversation, body, key)
              : site.chat().follow(conversation, turn, seq)) {
        turn = turn.isEmpty() ? events.turn() : turn;
        for (Event event = events.next(); event != null; event = events.next()) {
          seq = event.seq();
          switch (event.name()) {
            case "delta" -> text.append(event.text());
            case "gap" -> text.replace(0, text.length(), event.text());
            case "finished" -> {
              assertThat(sha256(text.toString()))
                  .isEqualTo(event.data().path("text_sha256").asString(""));
              return;
            }
            default -> assertThat(event.ending()).as(event.toString()).isFalse();
          }
        }
      } catch (IOException _) {
        // Comes back below.
      }
      resumed.incrementAndGet();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
