package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.ProviderLimits.Window;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Quirk;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.SeenRequest;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroqChatModelTest implements SimulatedModelContract {
  private final Simulator simulator =
      Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()).withApiKey(Gateway.KEY));
  private final Gateway gateway = Gateway.to(simulator.baseUrl());

  @AfterEach
  void close() {
    gateway.close();
    simulator.close();
  }

  @Override
  public Simulator simulator() {
    return simulator;
  }

  @Override
  public ChatModel asking() {
    return gateway.model;
  }

  @Test
  void asksInTheProvidersWords() throws Exception {
    assertThat(wholeText(answering("yes"))).isEqualTo("yes");
    SeenRequest seen = simulator.requests().getFirst();
    assertThat(seen.method() + " " + seen.path()).isEqualTo("POST /openai/v1/chat/completions");
    assertThat(seen.body())
        .isEqualTo(
            """
            {"model":"openai/gpt-oss-20b","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Count."}],"temperature":0.5,"max_completion_tokens":60000,"stream":true,"stream_options":{"include_usage":true}}\
            """);
    assertThat(seen.header("Authorization")).contains("Bearer " + Gateway.KEY);
    assertThat(seen.header("User-Agent")).contains("canary/1.0");
    assertThat(seen.header("X-Request-ID")).contains("request-1");
    assertThat(seen.header("Content-Type")).contains("application/json");
    assertThat(seen.header("Content-Length")).contains(String.valueOf(seen.body().length()));
    assertThat(seen.header("Upgrade")).isEmpty();
    assertThat(seen.header("Accept-Encoding")).isEmpty();
  }

  @Test
  void saysWhatIsLeftOfTheProvidersLimits() throws Exception {
    try (Simulator limited = Simulator.start(SimulatorConfig.fast().withPlan(Plan.developer()));
        Gateway asking = Gateway.to(limited.baseUrl());
        ReplyStream reply = asking.model.answer(question())) {
      Window tokens = requireNonNull(reply.limits().tokens());
      Window requests = reply.limits().requests();
      assertThat(tokens.limit()).isEqualTo(250_000);
      assertThat(tokens.remaining()).isBetween(189_900L, 190_000L);
      assertThat(tokens.reset()).isBetween(Duration.ofMillis(14_400), Duration.ofMillis(14_424));
      assertThat(requests).isEqualTo(new Window(500_000, 499_999, Duration.ofNanos(172_800_000)));
    }
  }

  @Test
  void leavesTheTemperatureToTheProviderAndCleansTheRequestId() throws Exception {
    answering("yes")
        .answer(
            new Question.Composed(
                question().model(),
                List.of(Message.user("é")),
                null,
                9,
                "a\r\nb: ü" + "x".repeat(200)))
        .close();
    SeenRequest seen = simulator.requests().getFirst();
    assertThat(seen.json().has("temperature")).isFalse();
    assertThat(seen.header("X-Request-ID")).contains("a__b:__" + "x".repeat(121));
  }

  @Test
  void tellsThoughtsFromTheAnswerAndWhatWasUsed() throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    try (ReplyStream reply =
        saying(Script.of("thinking=\"Let me see\" text=Yes")).answer(question())) {
      readInto(parts, reply);
      assertThatThrownBy(reply::next).isInstanceOf(IllegalStateException.class);
    }
    assertThat(parts.getFirst()).isInstanceOf(Part.Reasoning.class);
    assertThat(parts).contains(new Part.Text("Yes"));
    assertThat(parts.getLast())
        .isInstanceOfSatisfying(
            Part.End.class,
            end ->
                assertThat(end.usage())
                    .isNotNull()
                    .matches(usage -> usage.exact() && usage.completionTokens() > 0));
  }

  @Test
  void saysThatTheReplyHadNoMoreRoom() throws InterruptedException {
    List<Part> parts = new ArrayList<>();
    var brief =
        new Question.Composed(question().model(), question().messages(), null, 3, "request-1");
    try (ReplyStream reply = saying(Script.counting(100)).answer(brief)) {
      readInto(parts, reply);
    }
    assertThat(parts.getLast())
        .isInstanceOfSatisfying(
            Part.End.class, end -> assertThat(end.reason()).isEqualTo(FinishReason.LENGTH));
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void understandsEveryWayToStream(Quirk quirk) {
    String text = "One 中文 😀 two\u2028three\n\n四";
    assertThat(wholeText(saying(Script.saying(text).with(quirk)))).isEqualTo(text);
  }

  @Test
  void understandsAllOfThemTogether() {
    String text = "One 中文 😀 two\u2028three\n\n四";
    Script odd = Script.saying(text).with(Quirk.values()).garbageAfter(1).longLine(100_000);
    assertThat(wholeText(saying(odd))).isEqualTo(text);
  }

  @Test
  void givesAllThatHasComeAtOnce() throws InterruptedException {
    try (ReplyStream reply = saying(Script.counting(20_000)).answer(question())) {
      List<Part> parts = new ArrayList<>();
      int gulps = 0;
      while (parts.isEmpty() || !(parts.getLast() instanceof Part.End)) {
        parts.addAll(reply.next());
        gulps++;
      }
      assertThat(parts).hasSizeGreaterThan(20_000);
      assertThat(gulps).isLessThan(parts.size() / 4);
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void aBrokenReplyHasNoEnd(Break how) {
    ChatModel model = saying(Script.counting(10).breakAfter(5, how));
    List<Part> parts = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (ReplyStream reply = model.answer(question())) {
                readInto(parts, reply);
              }
            })
        .isInstanceOfSatisfying(
            ChatException.class,
            // A reset may overtake the status.
            e ->
                assertThat(e.failure())
                    .isIn(
                        switch (how) {
                          case RESET ->
                              List.of(new Failure.ReplyCut(), new Failure.ModelUnavailable());
                          // It says 400.
                          case ERROR_EVENT -> List.of(new Failure.ModelRefused());
                          case CUT, END, OPENROUTER_ERROR -> List.of(new Failure.ReplyCut());
                        }));
    assertThat(parts).noneMatch(Part.End.class::isInstance);
    // What came before a cut is not lost with it; a reset may overtake even that.
    assertThat(parts).hasSizeBetween(how == Break.RESET ? 0 : 5, 5);
  }

  @Test
  void aTooLongLineCutsTheReply() {
    ChatModel model = saying(Script.counting(10).longLine(3 << 20));
    assertThatThrownBy(() -> wholeText(model))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(new Failure.ReplyCut()));
  }

  @Test
  void anInterruptBeforeTheStatusEndsTheRequest() throws Exception {
    ChatModel model = saying(Script.demo().stallBeforeHead());
    var interrupted = new CountDownLatch(1);
    Thread asking =
        Thread.startVirtualThread(() -> {
          try {
            model.answer(question()).close();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
        });
    SeenRequest seen = simulator.awaitRequests(1, PATIENCE).getFirst();
    asking.interrupt();
    assertThat(seen.awaitOutcome(Duration.ofSeconds(2)).end()).isEqualTo(Outcome.End.CLIENT_CLOSED);
    assertThat(interrupted.await(2, SECONDS)).isTrue();
  }

  @RepeatedTest(10)
  void anInterruptAtAnyMomentLeavesNothingOpen(RepetitionInfo round) throws Exception {
    ChatModel model = endless();
    for (int i = 0; i < 20; i++) {
      Thread asking = Thread.startVirtualThread(() -> askAndRead(model));
      LockSupport.parkNanos((20L * round.getCurrentRepetition() + i) * 100_000);
      asking.interrupt();
      assertThat(asking.join(PATIENCE)).isTrue();
    }
    awaitNothingOpen();
  }

  private static void askAndRead(ChatModel model) {
    try (ReplyStream reply = model.answer(question())) {
      reply.next();
    } catch (InterruptedException | ChatException _) {
      // Either is fine, as long as nothing stays open.
    }
  }

  @Test
  void anInterruptBeforehandAsksNothingMore() throws Exception {
    try (ReplyStream reply = silent().answer(question())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(reply::next).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(outcome()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @Test
  void closingIsSeenAtOnceBeforeTheFirstToken() throws Exception {
    silent().answer(question()).close();
    assertThat(outcome()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @Test
  void closingIsSeenAtOnceInAFastStream() throws Exception {
    try (ReplyStream reply = endless().answer(question())) {
      assertThat(reply.next()).isNotEmpty();
    }
    assertThat(outcome()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @Test
  void closingIsSeenAtOnceWhenNobodyReads() throws Exception {
    ReplyStream reply = endless().answer(question());
    simulator.awaitOpenStreams(1, PATIENCE);
    reply.close();
    assertThat(outcome()).isEqualTo(Outcome.End.CLIENT_CLOSED);
  }

  @Test
  void leavesTheRestAtTheProviderWhileNobodyAsks() throws Exception {
    ReplyStream reply = endless().answer(question());
    assertThat(reply.next()).isNotEmpty();
    assertThat(simulator.openStreams()).isOne();
    reply.close();
    simulator.awaitIdle(PATIENCE);
    Outcome outcome = simulator.requests().getFirst().outcome().orElseThrow();
    // The sockets' buffers hold a few thousand tokens of 270 bytes; the whole would be 16 MB.
    assertThat(outcome.tokens()).isLessThan(60_000);
  }

  @Test
  void endsItsThreadsAndStreamsWhenClosed() throws Exception {
    ReplyStream reply = silent().answer(question());
    gateway.close();
    assertThatThrownBy(reply::next).isInstanceOf(ChatException.class);
    assertThat(outcome()).isEqualTo(Outcome.End.CLIENT_CLOSED);
    assertThat(gateway.http.threads().awaitTermination(20, SECONDS)).isTrue();
    assertThatThrownBy(() -> gateway.model.answer(question()).close())
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.ModelUnavailable()));
    gateway.close();
  }

  @Test
  void askingAgainTakesTheSameConnection() throws IOException {
    try (RawServer server = RawServer.talking(GroqChatModelTest::answerAgainAndAgain);
        Gateway raw = Gateway.to(server.url())) {
      int asked = 0;
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      do {
        assertThat(wholeText(raw.model)).isEqualTo("a");
        asked++;
      } while (server.connections() == asked && System.nanoTime() < deadline);
      assertThat(server.connections()).isLessThan(asked);
    }
  }

  /** As servers do that flush each event: the stream's own end comes in a packet of its own. */
  private static void answerAgainAndAgain(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    while (RawServer.readRequest(in)) {
      String events =
          """
          data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}

          data: [DONE]

          """;
      RawServer.say(
          out,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n"
              .formatted(events.length(), events));
      Thread.sleep(50);
      RawServer.say(out, "0\r\n\r\n");
    }
  }

  private Outcome.End outcome() throws InterruptedException {
    return simulator.awaitRequests(1, PATIENCE).getLast().awaitOutcome(Duration.ofSeconds(2)).end();
  }
}
