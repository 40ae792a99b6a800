package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.ModelCatalogContract;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroqModelCatalogTest implements ModelCatalogContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ModelId LEARNT = new ModelId("somebody/new");

  private final Simulator simulator =
      Simulator.start(SimulatorConfig.fast().withModels(LEARNT.value()));
  private final AtomicLong nanos = new AtomicLong(-5);
  private final List<GroqHttp> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(GroqHttp::close);
    simulator.close();
  }

  @Override
  public ModelCatalog catalog(ModelId defaultModel) {
    return catalog(simulator.baseUrl(), defaultModel);
  }

  private GroqModelCatalog catalog(URI url, ModelId defaultModel) {
    return catalog(Provider.GROQ, url, defaultModel);
  }

  private GroqModelCatalog catalog(Provider provider, URI url, ModelId defaultModel) {
    var properties =
        new GroqProperties(
            provider,
            url.toString(),
            Gateway.KEY,
            Gateway.LONG,
            Gateway.LONG,
            Gateway.LONG,
            Gateway.LONG,
            defaultModel,
            "canary/1.0",
            "https://canary.example",
            "The canary");
    var http = new GroqHttp(properties);
    opened.add(http);
    return new GroqModelCatalog(http, properties, nanos::get);
  }

  @Test
  void groqsModelsAreNotOpenRouters() {
    URI nowhere = URI.create("http://127.0.0.1:9");
    assertThat(catalog(Provider.OPENROUTER, nowhere, new ModelId("x/y")).models())
        .extracting(it -> it.id().value())
        .containsExactly("x/y");
  }

  @Test
  void learnsFromTheProvider() throws Exception {
    ModelCatalog catalog = catalog(new ModelId("openai/gpt-oss-20b"));
    await(() -> catalog.describe(LEARNT).contextWindow() == 131_072);
    assertThat(catalog.models())
        .extracting(info -> info.id().value())
        .containsExactly(
            "openai/gpt-oss-20b", "openai/gpt-oss-120b", "qwen/qwen3.8-27b", "somebody/new");
    SeenRequest seen = simulator.requests().getFirst();
    assertThat(seen.method() + " " + seen.path()).isEqualTo("GET /openai/v1/models");
    assertThat(seen.header("Authorization")).contains("Bearer " + Gateway.KEY);
  }

  @Test
  void asksAgainOnlyAfterAWhile() throws Exception {
    ModelCatalog catalog = catalog(new ModelId("openai/gpt-oss-20b"));
    catalog.models();
    await(() -> catalog.describe(LEARNT).contextWindow() == 131_072);
    nanos.addAndGet(GroqModelCatalog.REFRESH.toNanos() - 1);
    catalog.models();
    nanos.addAndGet(1);
    catalog.models();
    simulator.awaitRequests(2, PATIENCE);
    catalog.models();
    simulator.awaitIdle(PATIENCE);
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void keepsWhatItKnowsIfTheProviderFails() throws Exception {
    simulator.scriptEach(_ -> Optional.of(Script.of("error=500")));
    assertThatNothingWasLearnt(catalog(new ModelId("openai/gpt-oss-20b")));
  }

  @Test
  void keepsWhatItKnowsIfNobodyIsThere() throws IOException {
    try (RawServer gone = RawServer.talking((_, _) -> {})) {
      ModelCatalog catalog = catalog(gone.url(), new ModelId("openai/gpt-oss-20b"));
      assertThat(catalog.models()).isNotEmpty();
      await(() -> gone.connections() > 0);
      assertThat(catalog.models()).hasSize(3);
    }
  }

  @Test
  void keepsWhatItKnowsIfTheAnswerIsNone() throws IOException {
    for (String body :
        List.of("<html>", "{}", "{\"data\":[]}", "[]", "null", "{\"data\":[null]}")) {
      try (RawServer odd =
          RawServer.talking((in, out) -> {
            RawServer.readRequest(in);
            RawServer.say(
                out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            in.readAllBytes();
          })) {
        ModelCatalog catalog = catalog(odd.url(), new ModelId("openai/gpt-oss-20b"));
        assertThat(catalog.models()).hasSize(3);
        await(() -> odd.connections() > 0);
        assertThat(catalog.models()).hasSize(3);
      }
    }
  }

  @Test
  void keepsWhatItKnowsWhenClosed() {
    ModelCatalog catalog = catalog(new ModelId("openai/gpt-oss-20b"));
    opened.forEach(GroqHttp::close);
    assertThat(catalog.models()).hasSize(3);
  }

  @Test
  void leavesOutWhatIsNoChatModel() {
    assertThat(
            ModelList.parse(
                """
                {"object":"list","data":[
                  {"id":"a","owned_by":"A","active":true,"context_window":2048,"max_completion_tokens":1024},
                  {"id":"gone","active":false,"context_window":2048},
                  {"id":"whisper-large-v3","active":true,"context_window":448,"max_completion_tokens":448},
                  {"id":"not a name","context_window":2048},
                  {"context_window":2048},
                  {"id":"no-window"},
                  {"id":"v/router:free","context_length":4096,"top_provider":{"max_completion_tokens":null}},
                  {"id":"v/other","owned_by":" ","context_length":4096,"top_provider":{"max_completion_tokens":9999}}
                ]}\
                """
                    .getBytes(UTF_8)))
        .containsExactly(
            new ModelInfo(new ModelId("a"), "A", 2048, 1024),
            new ModelInfo(new ModelId("v/router:free"), "v", 4096, 4096),
            new ModelInfo(new ModelId("v/other"), "v", 4096, 4096));
  }

  private void assertThatNothingWasLearnt(ModelCatalog catalog) throws InterruptedException {
    catalog.models();
    simulator.awaitRequests(1, PATIENCE);
    simulator.awaitIdle(PATIENCE);
    assertThat(catalog.models()).hasSize(3);
    assertThat(catalog.describe(LEARNT).contextWindow()).isEqualTo(KnownModels.GUESSED_WINDOW);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
