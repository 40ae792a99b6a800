package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.simulator.Outcome.End;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorConfig.fast());
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      for (int i = 1; i <= 3; i++) {
        assertThat(client.send(Wired.chat("/sim tokens=" + i)).response().data()).hasSize(i + 3);
        assertThat(client.send(Wired.chat("/sim tokens=1", "")).response().status()).isEqualTo(200);
        assertThat(client.send(Wired.chat("/sim error=503")).response().status()).isEqualTo(503);
        assertThat(client.send(Wired.chat("/sim tokens=3 end-after=1")).response().data())
            .hasSize(2);
      }
    }
    assertThat(simulator.requests()).hasSize(12);
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      for (int i = 1; i <= 100; i++) client.send(Wired.chat("/sim tokens=" + i));
      for (int i = 1; i <= 100; i++) assertThat(client.response().data()).hasSize(i + 3);
    }
  }

  @Test
  void aChunkedBodyIsRead() throws IOException {
    String body = Wired.chat("/sim text=\"chünked\"", "");
    String half = body.substring(0, 40);
    String rest = body.substring(40);
    try (var client = new Wired(simulator.baseUrl())) {
      client.sendRaw(
          "POST /openai/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(half.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
              + "\r\n"
              + half
              + "\r\n"
              + Integer.toHexString(rest.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
              + "\r\n"
              + rest
              + "\r\n0\r\n\r\n");
      assertThat(client.response().body()).contains("chünked");
    }
  }

  @Test
  void aClientThatExpectsToGoOnIsToldTo() throws IOException {
    String body = Wired.chat("/sim text=go", "");
    try (var client = new Wired(simulator.baseUrl())) {
      client.sendRaw(
          "POST /openai/v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer k\r\nExpect: 100-continue\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.sendRaw(body).response().body()).contains("\"go\"");
    }
  }

  @Test
  void aConnectionIsClosedWhenAskedFor() throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      var response = client.send(Wired.chat("/sim tokens=1"), "Connection: close").response();
      assertThat(response.header("Connection")).isEqualTo("close");
      assertThat(client.read()).isEqualTo(-1);
    }
    try (var client = new Wired(simulator.baseUrl())) {
      client.sendRaw("GET /openai/v1/models HTTP/1.0\r\n\r\n").response();
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatIsNotHttpIsRefused() throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      assertThat(client.sendRaw("nonsense\r\n\r\n").head()).startsWith("HTTP/1.1 400 Bad Request");
      assertThat(client.read()).isEqualTo(-1);
    }
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws IOException {
    try (var small = Simulator.start(SimulatorConfig.fast().withBounds(10, 100, 10, SOON))) {
      var response = Wired.post(small, Wired.chat("x".repeat(200)));
      assertThat(response.status()).isEqualTo(413);
      try (var client = new Wired(small.baseUrl())) {
        client.sendRaw(
            "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "40\r\n"
                + "x".repeat(64)
                + "\r\n"
                + "40\r\n"
                + "x".repeat(64)
                + "\r\n0\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void onlySoManyConnectionsAndRequestsAreKept() throws Exception {
    try (var small = Simulator.start(SimulatorConfig.fast().withBounds(1, 10_000, 2, SOON));
        var first = new Wired(small.baseUrl())) {
      for (int i = 0; i < 3; i++) first.send(Wired.chat("/sim tokens=" + i)).response();
      assertThat(small.awaitRequests(3, SOON)).hasSize(2);
      try (var second = new Wired(small.baseUrl())) {
        assertThat(second.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void whatWasAskedCanBeLookedAt() throws Exception {
    Wired.post(simulator, Wired.chat("hello"), "X-Thing: 1", "x-thing: 2");
    var seen = simulator.awaitRequests(1, SOON).getFirst();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(seen.header("X-THING")).contains("1, 2");
    assertThat(seen.headers()).containsEntry("authorization", "Bearer key");
    assertThat(seen.awaitOutcome(SOON).end()).isEqualTo(End.COMPLETED);
    assertThat(seen.json().path("messages").path(0).path("content").asString()).isEqualTo("hello");
    assertThat(seen.body()).contains("hello");
    assertThat(seen).hasToString("POST /openai/v1/chat/completions " + seen.id() + " completed");
    simulator.reset();
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void waitingForWhatDoesNotComeEnds() throws Exception {
    assertThatThrownBy(() -> simulator.awaitRequests(1, Duration.ZERO))
        .hasMessageContaining("fewer than 1");
    assertThatThrownBy(() -> simulator.awaitOpenStreams(1, Duration.ZERO))
        .hasMessageContaining("not 1 open");
    try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim stall-head"))) {
      var seen = simulator.awaitRequests(1, SOON).getFirst();
      assertThatThrownBy(() -> simulator.awaitIdle(Duration.ofMillis(1)))
          .hasMessageContaining("still answering");
      assertThatThrownBy(() -> seen.awaitOutcome(Duration.ZERO))
          .hasMessageContaining("still being answered");
      assertThat(seen.toString()).endsWith("being answered");
      client.reset();
    }
  }

  @Test
  void twoHundredStreamsRunAtOnce() throws Exception {
    var clients = new ArrayList<Wired>();
    for (int i = 0; i < 200; i++)
      clients.add(new Wired(simulator.baseUrl()).send(Wired.chat("/sim tokens=20 stall-after=10")));
    simulator.awaitOpenStreams(200, SOON);
    for (var client : clients) {
      client.readUntil("\" 10\"");
      client.close();
    }
    simulator.awaitIdle(SOON);
    assertThat(simulator.mostStreamsAtOnce()).isEqualTo(200);
    assertThat(simulator.openStreams()).isZero();
    assertThat(simulator.requests())
        .allMatch(
            seen -> seen.outcome().orElseThrow().equals(new Outcome(End.CLIENT_CLOSED, 200, 10)));
  }

  @Test
  void manyStreamsArriveWhole() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var responses = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 200; i++)
        responses.add(
            http.sendAsync(
                request("/sim tokens=200 rate=1000"), HttpResponse.BodyHandlers.ofString()));
      for (var response : responses)
        assertThat(response.get().body().lines().filter(line -> line.startsWith("data: ")))
            .hasSize(203);
    }
  }

  @Test
  void clientsThatLeaveAnywhereLeaveNothingBehind() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 300; i++) {
      try (var client =
          new Wired(simulator.baseUrl()).send(Wired.chat("/sim tokens=50 rate=1000"))) {
        for (int bytes = random.nextInt(8_000); bytes > 0; bytes--) client.read();
        if (random.nextBoolean()) client.reset();
      }
    }
    simulator.awaitIdle(SOON);
    simulator.awaitOpenStreams(0, SOON);
    assertThat(simulator.requests()).allMatch(seen -> seen.outcome().isPresent());
  }

  private HttpRequest request(String message) {
    return HttpRequest.newBuilder(simulator.baseUrl().resolve("/openai/v1/chat/completions"))
        .header("Authorization", "Bearer key")
        .POST(HttpRequest.BodyPublishers.ofString(Wired.chat(message)))
        .build();
  }

  @Test
  void tokensComeOneByOneWhenThereIsTime() throws Exception {
    try (var client =
        new Wired(simulator.baseUrl()).send(Wired.chat("/sim tokens=9 stall-after=2"))) {
      client.head();
      client.readUntil("\"1\"");
      client.readUntil("\" 2\"");
      assertThat(simulator.openStreams()).isEqualTo(1);
    }
    simulator.awaitIdle(SOON);
  }

  @Test
  void closingEndsEverythingAndFreesThePort() throws Exception {
    var clients = new ArrayList<Wired>();
    for (String options :
        new String[] {"stall-head", "stall-after=2", "rate=0.01", "tokens=1000000"})
      clients.add(new Wired(simulator.baseUrl()).send(Wired.chat("/sim " + options)));
    clients.add(new Wired(simulator.baseUrl()));
    var seen = simulator.awaitRequests(4, SOON);
    simulator.awaitOpenStreams(3, SOON);
    simulator.close();
    simulator.close();
    assertThat(simulator.isTerminated()).isTrue();
    assertThat(simulator.openStreams()).isZero();
    assertThat(seen)
        .allMatch(request -> request.outcome().orElseThrow().end() == End.SIMULATOR_CLOSED);
    assertThatThrownBy(() -> new Wired(simulator.baseUrl())).isInstanceOf(ConnectException.class);
    for (var client : clients) client.close();
    try (var again =
        Simulator.start(
            SimulatorConfig.fast().withAddress("127.0.0.1", simulator.baseUrl().getPort()))) {
      assertThat(again.baseUrl()).isEqualTo(simulator.baseUrl());
    }
  }

  @Test
  void aScriptFunctionThatThrowsEndsTheConnection() throws Exception {
    simulator.scriptEach(request -> {
      throw new IllegalStateException("thrown by the test");
    });
    try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("x"))) {
      assertThat(client.read()).isEqualTo(-1);
    }
    assertThat(simulator.requests().getLast().awaitOutcome(SOON).end()).isEqualTo(End.FAILED);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (var taken = new ServerSocket(0)) {
      var config = SimulatorConfig.fast().withAddress("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> Simulator.start(config))
          .hasMessageContaining(":" + taken.getLocalPort());
    }
  }

  @Test
  void moreModelsCanBeOnOffer() throws IOException {
    try (var more =
        Simulator.start(SimulatorConfig.fast().withModels("anthropic/claude-3.5-sonnet"))) {
      String body =
          Wired.chat("/sim tokens=1", "")
              .replace("openai/gpt-oss-20b", "anthropic/claude-3.5-sonnet");
      assertThat(Wired.post(more, body).status()).isEqualTo(200);
      assertThat(Wired.get(more, "/openai/v1/models", "Authorization: Bearer k").body())
          .contains("claude");
    }
  }
}
