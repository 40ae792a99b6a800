package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.SimulatorConfig;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many people, a small plan at the provider, and a provider that fails. */
@Timeout(120)
class TrafficTest {
  private static final int PEOPLE = 30;
  private static final int TURNS = 10;

  /** The free plan, with minutes of six seconds: only its tokens can be seen in headers. */
  private static final Plan FREE =
      new Plan(1_000_000, 1_000_000, Plan.free().tokensPerMinute(), 1_000_000_000)
          .scaled(Duration.ofSeconds(6));

  @Test
  void aSmallPlanServesEverybodyEquallyAndNobodySeesItsRefusals() throws Exception {
    try (var service =
        Service.start(
            SimulatorConfig.fast().withPlan(FREE), "API_KEYS=" + keys(), "MAX_TOKENS=100")) {
      // The first answer tells what the provider allows; and it takes nearly all of that, so that
      // it does not matter who comes a little before the others.
      service.post(
          "/api/conversations/first/turns", "{\"message\":\"hi\",\"max_tokens\":7900}", key(0));
      long begin = System.nanoTime();
      Map<Integer, List<Answered>> served = askAllAtOnce(service);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(served.values())
          .allSatisfy(
              all -> assertThat(all).allSatisfy(it -> assertThat(it.status()).isEqualTo(200)));
      long refused = service.simulator().requests().stream().filter(TrafficTest::refused).count();
      assertThat(refused).isLessThanOrEqualTo(1);
      assertThat(spread(served)).isLessThan(0.2);
      System.out.printf(
          "%d people with %d turns each on a small plan: %.1f s, spread %.0f %%, refused %d%n",
          PEOPLE, TURNS, took.toMillis() / 1000.0, 100 * spread(served), refused);
    }
  }

  @Test
  void fiftyWhoAskTheSameAtOnceAreOneQuestionToTheModelAndTwoOwnersAreTwo() throws Exception {
    try (var service =
        Service.start(SimulatorConfig.fast(), "API_KEYS=p0:secret0,p1:secret1", "CACHE_TTL=5m")) {
      service
          .simulator()
          .script(Script.saying("Only once.").firstTokenAfter(Duration.ofSeconds(1)));
      service
          .simulator()
          .script(Script.saying("Only once.").firstTokenAfter(Duration.ofSeconds(1)));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<HttpResponse<String>>> answers =
            IntStream.range(0, 100)
                .mapToObj(i -> threads.submit(() -> chat(service, i % 2, "session-" + i)))
                .toList();
        for (Future<HttpResponse<String>> answer : answers) {
          assertThat(answer.get().body()).isEqualTo("{\"response\":\"Only once.\"}");
        }
        List<String> reuse = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : answers) {
          reuse.add(answer.get().headers().firstValue("X-Cache").orElse("none"));
        }
        assertThat(reuse).filteredOn("miss"::equals).hasSize(2);
        assertThat(reuse).isSubsetOf("miss", "joined", "hit");
      }
      assertThat(service.simulator().requests().stream().filter(TrafficTest::chats)).hasSize(2);
    }
  }

  @Test
  void anotherModelAnswersForOneThatFails() throws Exception {
    try (var service =
        Service.start(SimulatorConfig.fast(), "FALLBACK_MODELS=openai/gpt-oss-20b")) {
      service
          .simulator()
          .scriptEach(request ->
              chats(request)
                      && request.json().path("model").asString("").equals("openai/gpt-oss-120b")
                  ? Optional.of(Script.refusing(500))
                  : Optional.empty());

      HttpResponse<String> answer =
          service.post("/api/conversations/fallback/turns", "{\"message\":\"hi\"}", Map.of());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Service.json(answer).path("model").asString("")).isEqualTo("openai/gpt-oss-20b");
    }
  }

  @Test
  void whoAsksForMoreThanItsShareIsToldSo() throws Exception {
    try (var service =
        Service.start(SimulatorConfig.fast(), "RATE_LIMIT=100", "RATE_LIMIT_PER_HOUR=2")) {
      assertThat(chat(service, -1, "limited").statusCode()).isEqualTo(200);
      assertThat(chat(service, -1, "limited").statusCode()).isEqualTo(200);

      HttpResponse<String> refused = chat(service, -1, "limited");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.headers().firstValue("RateLimit-Remaining")).contains("0");
      assertThat(service.get("/health", Map.of()).statusCode()).isEqualTo(200);
      assertThat(
              service
                  .post("/api/conversations/limited/turns", "{\"message\":\"hi\"}", Map.of())
                  .statusCode())
          .isEqualTo(429);
    }
  }

  private static Map<Integer, List<Answered>> askAllAtOnce(Service service) throws Exception {
    Map<Integer, List<Future<Answered>>> asked = new HashMap<>();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int turn = 0; turn < TURNS; turn++) {
        for (int person = 0; person < PEOPLE; person++) {
          int who = person;
          String path = "/api/conversations/" + person + "-" + turn + "/turns";
          asked
              .computeIfAbsent(person, _ -> new ArrayList<>())
              .add(
                  threads.submit(() -> {
                    var answer = service.post(path, "{\"message\":\"hi\"}", key(who));
                    return new Answered(answer.statusCode(), System.nanoTime() - begin);
                  }));
        }
      }
      Map<Integer, List<Answered>> answered = new HashMap<>();
      for (var entry : asked.entrySet()) {
        List<Answered> all = new ArrayList<>();
        for (Future<Answered> one : entry.getValue()) {
          all.add(one.get());
        }
        answered.put(entry.getKey(), all);
      }
      return answered;
    }
  }

  /** How much longer the worst served person waited than the best until all was answered. */
  private static double spread(Map<Integer, List<Answered>> served) {
    var waits =
        served.values().stream()
            .mapToLong(all -> all.stream().mapToLong(Answered::nanos).max().orElseThrow())
            .summaryStatistics();
    return (waits.getMax() - waits.getMin()) / (double) waits.getMax();
  }

  private record Answered(int status, long nanos) {}

  private static boolean chats(SeenRequest request) {
    return request.path().endsWith("chat/completions");
  }

  private static boolean refused(SeenRequest request) {
    return request.outcome().map(it -> it.status() == 429).orElse(false);
  }

  private static HttpResponse<String> chat(Service service, int person, String session)
      throws Exception {
    Map<String, String> headers = new HashMap<>(person < 0 ? Map.of() : key(person));
    headers.put("X-Session-ID", session);
    return service.post(
        "/chat",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":false}",
        headers);
  }

  private static Map<String, String> key(int person) {
    return Map.of("X-API-Key", "secret" + person);
  }

  private static String keys() {
    return IntStream.range(0, PEOPLE)
        .mapToObj(i -> "p" + i + ":secret" + i)
        .collect(Collectors.joining(","));
  }
}
