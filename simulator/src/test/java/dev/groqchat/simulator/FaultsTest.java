package dev.groqchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Outcome.End;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {
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

  private Wired.Response answer(String options) throws IOException {
    return Wired.post(simulator, Wired.chat("x"), "X-Simulator: " + options);
  }

  private Outcome outcome() throws InterruptedException {
    return simulator.requests().getLast().awaitOutcome(SOON);
  }

  @Test
  void aStreamCanBeCutAtEveryByte() throws Exception {
    int length = answer("tokens=2").body().length();
    for (int n = 0; n <= length + 20; n++) {
      var response = answer("tokens=2 cut-at=" + n);
      // Ids and times are not of the same length in every answer: only one that is over sooner may
      // end properly.
      if (response.body().length() < n) assertThat(response.end()).isEqualTo(Wired.End.PROPER);
      else assertThat(response.end()).isEqualTo(Wired.End.EOF);
      assertThat(response.body()).hasSizeLessThanOrEqualTo(n);
      if (n < length - 100) assertThat(outcome().end()).isEqualTo(End.CUT_BY_SCRIPT);
    }
  }

  @Test
  void anAnswerThatIsNotStreamedCanBeCutAtEveryByte() throws Exception {
    for (int n = 0; n < 200; n += 11) {
      var response =
          Wired.post(simulator, Wired.chat("x", ""), "X-Simulator: tokens=2 cut-at=" + n);
      assertThat(response.body()).hasSize(n);
      assertThat(response.end()).isEqualTo(Wired.End.EOF);
    }
  }

  @Test
  void aStreamCanBeCutAfterATokenOrReset() throws Exception {
    var cut = answer("tokens=5 cut-after=2");
    assertThat(cut.data())
        .hasSize(3)
        .noneMatch(data -> data.contains("\"finish_reason\":\"stop\""));
    assertThat(cut.end()).isEqualTo(Wired.End.EOF);
    assertThat(outcome()).isEqualTo(new Outcome(End.CUT_BY_SCRIPT, 200, 2));
    var reset = answer("tokens=5 reset-after=2");
    assertThat(reset.data()).hasSize(3);
    assertThat(reset.end()).isEqualTo(Wired.End.RESET);
    assertThat(answer("tokens=5 cut-after=99").data()).hasSize(6);
    assertThat(answer("tokens=5 cut-after=0").data()).hasSize(1);
  }

  @Test
  void aStreamCanBeResetAtAByte() throws IOException {
    var reset = answer("tokens=5 reset-at=100");
    assertThat(reset.body()).hasSize(100);
    assertThat(reset.end()).isEqualTo(Wired.End.RESET);
  }

  @Test
  void aConnectionCanEndBeforeTheHead() throws Exception {
    try (var client = new Wired(simulator.baseUrl())) {
      assertThat(client.send(Wired.chat("/sim cut-head")).read()).isEqualTo(-1);
    }
    assertThat(outcome()).isEqualTo(new Outcome(End.CUT_BY_SCRIPT, 0, 0));
    try (var client = new Wired(simulator.baseUrl())) {
      client.send(Wired.chat("/sim reset-head"));
      org.assertj.core.api.Assertions.assertThatThrownBy(client::read)
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aStreamCanEndWellFormedButUnfinished() throws Exception {
    var response = answer("tokens=5 end-after=2");
    assertThat(response.end()).isEqualTo(Wired.End.PROPER);
    assertThat(response.data()).hasSize(3).noneMatch(data -> data.contains("DONE"));
    assertThat(outcome()).isEqualTo(new Outcome(End.CUT_BY_SCRIPT, 200, 2));
  }

  @Test
  void aStreamCanEndWithTheRecordedErrorEvent() throws Exception {
    var response = answer("tokens=5 error-after=2");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.end()).isEqualTo(Wired.End.PROPER);
    assertThat(response.body())
        .endsWith(
            "event: error\ndata: {\"error\":{\"message\":\"Tool choice is required, but model did not call a tool\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"\",\"status_code\":400}}\n\n");
    assertThat(response.data()).hasSize(4);
  }

  @Test
  void aStreamCanEndWithOpenRoutersError() throws IOException {
    var response = answer("tokens=5 openrouter-error-after=2");
    var chunk = new JsonMapper().readTree(response.data().get(3));
    assertThat(chunk.path("error").path("code").asInt()).isEqualTo(502);
    assertThat(chunk.path("choices").path(0).path("finish_reason").asString()).isEqualTo("error");
    assertThat(response.data().getLast()).isEqualTo("[DONE]");
  }

  @Test
  void anAnswerThatIsNotStreamedFailsInItsOwnWays() throws Exception {
    String plain = Wired.chat("x", "");
    assertThat(Wired.post(simulator, plain, "X-Simulator: cut-after=2").end())
        .isEqualTo(Wired.End.EOF);
    assertThat(Wired.post(simulator, plain, "X-Simulator: reset-after=2").end())
        .isEqualTo(Wired.End.RESET);
    assertThat(Wired.post(simulator, plain, "X-Simulator: error-after=2").status()).isEqualTo(400);
    assertThat(Wired.post(simulator, plain, "X-Simulator: openrouter-error-after=2").status())
        .isEqualTo(429);
    var unfinished = Wired.post(simulator, plain, "X-Simulator: end-after=2 tokens=3");
    assertThat(unfinished.body()).contains("\"finish_reason\":null}],\"usage\"");
    assertThat(unfinished.end()).isEqualTo(Wired.End.PROPER);
  }

  @Test
  void aClientThatLeavesASilentStreamIsNoticed() throws Exception {
    try (var client = new Wired(simulator.baseUrl())) {
      client.send(Wired.chat("/sim tokens=9 stall-after=3")).head();
      client.readUntil("\" 3\"");
      simulator.awaitOpenStreams(1, SOON);
      assertThat(simulator.requests().getLast().outcome()).isEmpty();
    }
    assertThat(outcome()).isEqualTo(new Outcome(End.CLIENT_CLOSED, 200, 3));
    assertThat(outcome()).hasToString("client closed the connection after 3 tokens");
    simulator.awaitOpenStreams(0, SOON);
    simulator.awaitIdle(SOON);
  }

  @Test
  void aClientThatLeavesBeforeTheHeadIsNoticed() throws Exception {
    var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim stall-head"));
    simulator.awaitRequests(1, SOON);
    client.close();
    assertThat(outcome()).isEqualTo(new Outcome(End.CLIENT_CLOSED, 0, 0));
  }

  @Test
  void aClientThatLeavesBeforeTheFirstTokenIsNoticed() throws Exception {
    for (String options : new String[] {"stall-after=0", "first=10m"}) {
      try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim " + options))) {
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
        client.reset();
      }
      assertThat(outcome()).isEqualTo(new Outcome(End.CLIENT_CLOSED, 200, 0));
    }
  }

  @Test
  void aClientThatOnlyStopsSendingHasLeftToo() throws Exception {
    try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim stall-after=0"))) {
      client.head();
      client.halfClose();
      assertThat(outcome().end()).isEqualTo(End.CLIENT_CLOSED);
    }
  }

  @Test
  void aClientThatLeavesBetweenSlowTokensIsNoticed() throws Exception {
    try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim tokens=9 rate=0.01"))) {
      client.head();
      client.readUntil("\"1\"");
    }
    assertThat(outcome()).isEqualTo(new Outcome(End.CLIENT_CLOSED, 200, 1));
  }

  @Test
  void aClientThatDoesNotReadBlocksItsStreamUntilItLeaves() throws Exception {
    try (var client = new Wired(simulator.baseUrl()).send(Wired.chat("/sim tokens=1000000"))) {
      client.head();
      simulator.awaitOpenStreams(1, SOON);
    }
    assertThat(outcome().end()).isEqualTo(End.CLIENT_CLOSED);
    assertThat(outcome().tokens()).isLessThan(1_000_000);
  }

  @Test
  void aStallCanPass() throws IOException {
    var response = answer("tokens=3 stall-after=1 stall-for=1ms head=1ms first=1ms rate=1000");
    assertThat(response.data()).hasSize(6);
    assertThat(
            Wired.post(
                    simulator,
                    Wired.chat("x", ""),
                    "X-Simulator: stall-after=1 stall-for=1ms tokens=2")
                .status())
        .isEqualTo(200);
    assertThat(answer("tokens=1 stall-after=1 stall-for=1ms").data()).hasSize(4);
    assertThat(answer("tokens=1 stall-head stall-for=1ms").data()).hasSize(4);
  }

  @Test
  void commentsStandBeforeAndBetweenData() throws IOException {
    assertThat(answer("tokens=2 comments").body())
        .startsWith(": OPENROUTER PROCESSING\n\ndata: {")
        .containsPattern("\"content\":\"1\".*\n\n: OPENROUTER PROCESSING\n\ndata: ");
  }

  @Test
  void linesCanEndWithCrLf() throws IOException {
    String body = answer("tokens=2 crlf").body();
    assertThat(body.replace("\r\n", "")).doesNotContain("\n", "\r");
    assertThat(body).endsWith("data: [DONE]\r\n\r\n");
  }

  @Test
  void doneCanBeMissing() throws IOException {
    var response = answer("tokens=2 no-done");
    assertThat(response.data().getLast()).contains("\"finish_reason\":\"stop\"");
    assertThat(response.end()).isEqualTo(Wired.End.PROPER);
    assertThat(answer("tokens=2 no-done openrouter-error-after=1").end())
        .isEqualTo(Wired.End.PROPER);
  }

  @Test
  void framesCanBeStrange() throws IOException {
    assertThat(answer("tokens=2 empty-choices").data().get(1)).contains("\"choices\":[]}");
    assertThat(answer("tokens=2 unknown-fields").data())
        .filteredOn(data -> data.contains("\"x_unknown\":{\"list\":[1,null]}"))
        .hasSize(4);
    assertThat(answer("tokens=2 long-line=100000").body().lines())
        .anyMatch(line -> line.length() == 100_000);
    assertThat(answer("tokens=2 garbage-after=1").data().get(2)).endsWith("\"delta\":{\"cont");
    assertThat(answer("tokens=2 garbage-after=2").data()).hasSize(6);
  }

  @Test
  void lineSeparatorsCanStandRaw() throws IOException {
    assertThat(answer("raw-breaks").body()).contains("\u2028", "\u2029", "\u0085");
    simulator.script(Script.saying("a\u2028b"));
    assertThat(answer("").body()).contains("\\u2028").doesNotContain("\u2028");
    simulator.script(Script.saying("a\u2028b").with(Quirk.RAW_BREAKS));
    assertThat(answer("").body()).contains("\u2028");
  }

  @Test
  void surrogatePairsCanComeInHalves() throws IOException {
    simulator.script(Script.saying("a😀b").with(Quirk.SPLIT_PAIRS));
    var response = answer("");
    assertThat(response.body()).contains("\"content\":\"\\ud83d\"", "\"content\":\"\\ude00\"");
  }

  @Test
  void packetsCanBeSingleBytes() throws IOException {
    simulator.script(Script.saying("é😀").with(Quirk.SPLIT_BYTES));
    assertThat(answer("").body()).contains("\"é\"", "\"😀\"").endsWith("data: [DONE]\n\n");
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void everyCharacterCanBeSplitBetweenPackets() throws IOException {
    var out = new java.util.ArrayList<byte[]>();
    var socket =
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            out.add(java.util.Arrays.copyOfRange(bytes, from, from + length));
          }
        };
    var wire = new Wire(socket, Script.demo().with(Quirk.SPLIT_CHARACTERS));
    wire.body("aé😀b".getBytes(StandardCharsets.UTF_8));
    wire.flush();
    assertThat(out.stream().map(packet -> packet.length)).containsExactly(2, 2, 1, 1, 2);
    simulator.script(Script.saying("é😀").with(Quirk.SPLIT_CHARACTERS));
    assertThat(answer("").body()).contains("\"é\"", "\"😀\"").endsWith("data: [DONE]\n\n");
  }

  @Test
  void scriptsFromCodeBreakTooAsTheyAreTold() throws Exception {
    simulator.script(Script.counting(5).breakAfter(1, Break.END));
    simulator.script(Script.refusing(500));
    assertThat(answer("").data()).hasSize(2);
    assertThat(answer("").status()).isEqualTo(500);
    assertThat(outcome()).hasToString("completed");
  }
}
