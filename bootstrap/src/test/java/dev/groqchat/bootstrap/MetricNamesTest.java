package dev.groqchat.bootstrap;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What alerts, the dashboard and the documents name is what the service counts, and all of it. */
class MetricNamesTest {
  private static final String MODEL = "openai/gpt-oss-120b";
  private static final String OTHER_MODEL = "openai/gpt-oss-20b";
  private static final Path ROOT = Path.of("..");

  /** In PromQL, and in the service's own list. */
  private static final Pattern NAME =
      Pattern.compile(
          "\\b(?:groqchat|resilience4j|http_server|jvm|process|tomcat)(?:_[a-z0-9]+)+(?:\\{[^}]*})?");

  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");

  /** A cell that begins a row of the documents: names, and tags of all of them. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ((?:`[a-z0-9.]+`(?:, )?)+)(?: `\\{([a-z, ]+)}`)? \\|");

  private static List<String> shown = List.of();

  /** Some of everything that is counted. */
  @BeforeAll
  static void ask() throws Exception {
    try (var service =
        Service.start(
            SimulatorConfig.defaults().withPlan(Plan.free()),
            "FALLBACK_MODELS=" + OTHER_MODEL,
            "CACHE_TTL=5m",
            "RATE_LIMIT=1",
            "RATE_LIMIT_BURST=4")) {
      service
          .simulator()
          .scriptEach(request ->
              request.json().path("model").asString("").equals(MODEL)
                  ? Optional.of(Script.refusing(500))
                  : Optional.empty());
      for (String temperature : List.of("0", "1")) {
        service.post(
            "/api/conversations/counted/turns",
            "{\"message\":\"Hello!\",\"max_tokens\":5,\"temperature\":" + temperature + "}",
            Map.of());
      }
      int status = 0;
      for (int i = 0; i < 10 && status != 429; i++) {
        status = relay(service).statusCode();
      }
      assertThat(status).isEqualTo(429);
      shown = service.get("/metrics", Map.of()).body().lines().toList();
    }
  }

  private static HttpResponse<String> relay(Service service) throws Exception {
    return service.post(
        "/openai/v1/chat/completions",
        "{\"model\":\"%s\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .formatted(OTHER_MODEL),
        Map.of());
  }

  @AfterAll
  static void forget() {
    shown = List.of();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops/alerts.yml",
        "ops/grafana/dashboards/groqchat.json",
        "docs/operations.md",
        "README.md"
      })
  void whatIsAskedForIsCounted(String file) throws IOException {
    // JSON writes quotes with a backslash.
    String text = Files.readString(ROOT.resolve(file)).replace("\\\"", "\"");

    assertThat(NAME.matcher(text).results().map(MatchResult::group).filter(it -> !isShown(it)))
        .as("named in %s, and not among%n%s", file, String.join("\n", shown))
        .isEmpty();
  }

  /** Whether there is one with these labels, whatever their values. */
  private static boolean isShown(String selector) {
    int labels = selector.indexOf('{');
    String name = labels < 0 ? selector : selector.substring(0, labels);
    List<String> wanted =
        labels < 0
            ? List.of()
            : LABEL.matcher(selector.substring(labels)).results().map(it -> it.group(1)).toList();
    return samples(name).anyMatch(line -> wanted.stream().allMatch(it -> hasLabel(line, it)));
  }

  private static Stream<String> samples(String name) {
    return shown.stream().filter(it -> it.startsWith(name + "{") || it.startsWith(name + " "));
  }

  private static boolean hasLabel(String line, String label) {
    return line.contains("{" + label + "=\"") || line.contains("," + label + "=\"");
  }

  @Test
  void everyRowOfTheDocumentIsCountedWithTheTagsThatItNames() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/operations.md"));
    List<String> missing = new ArrayList<>();
    ROW.matcher(text)
        .results()
        .filter(row -> row.group(1).contains("."))
        .forEach(row -> {
          for (String name : row.group(1).replace("`", "").split(", ", -1)) {
            String[] tags = row.group(2) == null ? new String[0] : row.group(2).split(", ", -1);
            if (ofRow(name).noneMatch(line -> Stream.of(tags).allMatch(it -> hasLabel(line, it)))) {
              missing.add(row.group());
            }
          }
        });

    assertThat(missing).isEmpty();
  }

  /** Its counter, gauge or timer. */
  private static Stream<String> ofRow(String name) {
    String base = name.replace('.', '_');
    return Stream.of("", "_total", "_seconds_count").flatMap(it -> samples(base + it));
  }

  @Test
  void allThatWeCountIsInTheDocument() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/operations.md"));
    TreeSet<String> counted =
        shown.stream()
            .filter(it -> it.startsWith("groqchat_"))
            .map(it ->
                it.replaceFirst("[{ ].*", "")
                    .replaceFirst("_seconds(?:_[a-z]+)?$|_total$", "")
                    .replace('_', '.'))
            .collect(toCollection(TreeSet::new));

    assertThat(counted).hasSizeGreaterThan(10);
    assertThat(counted).allSatisfy(it -> assertThat(text).contains("`" + it + "`"));
  }
}
