package dev.groqchat.acceptance.sdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import dev.groqchat.acceptance.sdk.Fact.Seen;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published SDKs, unmodified but for base URL and key, against the packaged service with a scripted
 * provider behind it. They are asked everything at once, before the tests; these look at what came
 * of it.
 */
class SdkMatrixIT {
  private static final List<Scenario> SCENARIOS = Scenarios.all();

  /** What deviates, by client and scenario; an empty text where nothing does. */
  private static final Map<String, Map<String, String>> DEVIATIONS = new LinkedHashMap<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void ask() throws Exception {
    Scripts scripts = Scripts.install(Path.of(PackagedService.property("sdks")), folder);
    try (Simulator provider = Provider.start(SCENARIOS);
        PackagedService service = PackagedService.start(folder, settings(provider));
        Tap tap = Tap.before(service.port())) {
      Map<Client, List<Question>> questions = questions(tap.address());
      Map<String, Answer> answers = Asking.all(scripts, questions);
      provider.awaitIdle(Duration.ofSeconds(10));
      questions.forEach(
          (client, asked) -> DEVIATIONS.put(client.name(), compare(asked, answers, tap, provider)));
    }
  }

  private static Map<String, String> settings(Simulator provider) {
    return Map.of(
        "GROQ_API_KEY",
        "any",
        "GROQ_BASE_URL",
        provider.baseUrl().toString(),
        "API_KEY",
        Scenario.KEY,
        "RATE_LIMIT",
        "100000",
        "CACHE_TTL",
        "0");
  }

  private static Map<Client, List<Question>> questions(String address) {
    Map<Client, List<Question>> questions = new LinkedHashMap<>();
    for (Client client : Client.ALL) {
      questions.put(client, SCENARIOS.stream().map(it -> it.question(client, address)).toList());
    }
    return questions;
  }

  private static Map<String, String> compare(
      List<Question> asked, Map<String, Answer> answers, Tap tap, Simulator provider) {
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      Question question = asked.get(i);
      List<SeenRequest> upstream =
          provider.requests().stream().filter(it -> it.body().contains(question.prompt())).toList();
      Answer answer = requireNonNull(answers.get(question.id()), question.id());
      Seen seen = new Seen(answer, tap.attempts(question.id()), upstream);
      found.put(SCENARIOS.get(i).name(), SCENARIOS.get(i).deviation(seen));
    }
    return found;
  }

  static Stream<String> clients() {
    return Client.ALL.stream().map(Client::name);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void doesEverythingButWhatItIsKnownNotToDo(String client) {
    List<String> surprises =
        requireNonNull(DEVIATIONS.get(client)).entrySet().stream()
            .filter(it -> !expected(client, it.getKey(), it.getValue()))
            .map(it -> it.getKey() + ": " + (it.getValue().isEmpty() ? "works" : it.getValue()))
            .toList();
    assertThat(surprises).isEmpty();
  }

  private static boolean expected(String client, String scenario, String deviation) {
    return Limits.of(client, scenario)
        .map(it -> deviation.startsWith(it.shows()))
        .orElse(deviation.isEmpty());
  }

  @Test
  void everyLimitIsOneOfClientsAndScenariosThatAreTried() {
    List<String> scenarios = SCENARIOS.stream().map(Scenario::name).toList();
    assertThat(Limits.ALL)
        .allSatisfy(it -> {
          assertThat(it.shows()).isNotEmpty();
          assertThat(clients()).containsAll(it.clients());
          assertThat(scenarios).containsAll(it.scenarios());
        });
  }

  @Test
  void theReadmeShowsTheMatrix() throws Exception {
    assertThat(Files.readString(Path.of(PackagedService.property("readme"))))
        .contains(Matrix.markdown());
  }
}
