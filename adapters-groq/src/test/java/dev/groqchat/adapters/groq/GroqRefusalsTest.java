package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.simulator.Fault.Break;
import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Everything but a reply: what failure it is, and what of it can be seen. */
class GroqRefusalsTest {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final Level USUAL = ROOT.getLevel();

  private static Simulator simulator;
  private static Gateway gateway;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()));
    gateway = Gateway.to(simulator.baseUrl());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    simulator.close();
  }

  @BeforeEach
  void listen() {
    simulator.reset();
    ROOT.detachAppender("CONSOLE");
    ROOT.setLevel(Level.TRACE);
    logged.start();
    ROOT.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.detachAppender(logged);
    ROOT.setLevel(USUAL);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("400", new Failure.ModelRefused()),
        Arguments.of("400-decommissioned", new Failure.ModelRefused()),
        Arguments.of("400-tool", new Failure.ModelRefused()),
        Arguments.of("400-json", new Failure.ModelRefused()),
        Arguments.of("401", new Failure.ModelRefused()),
        Arguments.of("402", new Failure.ModelRefused()),
        Arguments.of("403", new Failure.ModelRefused()),
        Arguments.of("403-text", new Failure.ModelRefused()),
        Arguments.of("403-html", new Failure.ModelRefused()),
        Arguments.of("404", new Failure.ModelRefused()),
        Arguments.of("408", new Failure.ModelUnavailable()),
        Arguments.of("413", new Failure.PromptTooLarge(8277, 8000)),
        Arguments.of("429 retry-after=7s", new Failure.ModelBusy(Duration.ofSeconds(7))),
        Arguments.of("429-openrouter", new Failure.ModelBusy(RetryDelay.UNSAID)),
        Arguments.of("498", new Failure.ModelOverloaded(Refusals.OVERLOADED)),
        Arguments.of("500", new Failure.ModelUnavailable()),
        Arguments.of("502", new Failure.ModelUnavailable()),
        Arguments.of("503", new Failure.ModelOverloaded(Refusals.OVERLOADED)),
        Arguments.of("504", new Failure.ModelUnavailable()));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isTheFailureThatItMeans(String error, Failure expected) {
    simulator.script(Script.of("error=" + error));
    ChatException thrown = refusal(gateway);
    assertThat(thrown.failure()).isEqualTo(expected);
    assertThatNothingLeaks(thrown);
    assertThat(ours())
        .singleElement()
        .satisfies(event ->
            assertThat(event.getFormattedMessage())
                .contains("status=" + error.substring(0, 3), "request=request-1"));
  }

  @Test
  void aContextTooLongHasOurNumbersIfTheProviderGivesNone() {
    simulator.script(Script.of("error=400-context"));
    assertThat(refusal(gateway).failure())
        .isInstanceOfSatisfying(
            Failure.PromptTooLarge.class,
            large -> {
              assertThat(large.tokens()).isBetween(60_008L, 60_020L);
              assertThat(large.limit()).isEqualTo(large.tokens() - 1);
            });
    assertThat(ours().getFirst().getFormattedMessage()).contains("code=context_length_exceeded");
  }

  @Test
  void aWrongKeyIsReportedAsAnErrorOnceAndWithoutTheKey() {
    try (Gateway fresh = Gateway.to(simulator.baseUrl())) {
      for (int i = 0; i < 3; i++) {
        simulator.script(Script.of("error=401"));
        assertThatNothingLeaks(refusal(fresh));
      }
    }
    assertThat(ours())
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.WARN, Level.WARN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT", "RESET"})
  void aConnectionThatBreaksBeforeTheStatusIsUnavailable(Break how) {
    simulator.script(Script.demo().breakBeforeHead(how));
    ChatException thrown = refusal(gateway);
    assertThat(thrown.failure()).isEqualTo(new Failure.ModelUnavailable());
    assertThatNothingLeaks(thrown);
  }

  @Test
  void aRefusedConnectionIsUnavailable() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (Gateway nowhere = Gateway.to(URI.create("http://127.0.0.1:" + port))) {
      assertThat(refusal(nowhere).failure()).isEqualTo(new Failure.ModelUnavailable());
    }
  }

  @Test
  void aHostWithoutAnAddressIsUnavailable() {
    try (Gateway nowhere = Gateway.to(URI.create("http://nowhere.invalid"))) {
      assertThat(refusal(nowhere).failure()).isEqualTo(new Failure.ModelUnavailable());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary-text that is not HTTP\n\n",
        "HTTP/1.1 302 Found\nLocation: http://canary-text.invalid/\nContent-Length: 0\n\n",
        "HTTP/1.1 500 Oops\nContent-Length: 13\n\n[canary-text]",
        "HTTP/1.1 500 Oops\nContent-Length: 100\n\n{\"error\":{\"code\":\"canary-text\"",
        "HTTP/1.1 500 Oops\nContent-Length: 100000000\n\n{\"error\":\"canary-text",
        "HTTP/1.1 599 Oops\nContent-Length: 40\n\n{\"error\":{\"message\":5,\"code\":[\"org_canary\"]}}"
      })
  void whatIsNoAnswerIsUnavailable(String answer) throws IOException {
    try (RawServer server =
            RawServer.talking((in, out) -> {
              RawServer.readRequest(in);
              RawServer.say(out, answer.replace("\n", "\r\n"));
            });
        Gateway raw = Gateway.to(server.url())) {
      ChatException thrown = refusal(raw);
      assertThat(thrown.failure()).isEqualTo(new Failure.ModelUnavailable());
      assertThatNothingLeaks(thrown);
    }
  }

  @Test
  void anAnswerThatBreaksOffInItsHeadIsAReplyWithoutAnEnd() throws IOException {
    try (RawServer server =
            RawServer.talking((in, out) -> {
              RawServer.readRequest(in);
              RawServer.say(out, "HTTP/1.1 200 canary-text\r\nX: org_canary");
            });
        Gateway raw = Gateway.to(server.url())) {
      ChatException thrown = refusal(raw);
      assertThat(thrown.failure()).isEqualTo(new Failure.ReplyCut());
      assertThatNothingLeaks(thrown);
    }
  }

  @Test
  void anErrorWithoutAnEndIsReadOnlySoFar() throws IOException {
    try (RawServer server =
            RawServer.talking((in, out) -> {
              RawServer.readRequest(in);
              RawServer.say(out, "HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n");
              while (true) {
                RawServer.say(out, "canary-text".repeat(1000));
              }
            });
        Gateway raw = Gateway.to(server.url())) {
      assertThat(refusal(raw).failure()).isEqualTo(new Failure.ModelUnavailable());
    }
  }

  @Test
  void brokenRepliesAndGarbageTellNothingEither() {
    for (Break how : Break.values()) {
      simulator.script(Script.saying("a canary-text here").garbageAfter(1).breakAfter(2, how));
      assertThatNothingLeaks(refusal(gateway));
    }
    simulator.script(Script.saying("canary-text").garbageAfter(0));
    assertThat(catchThrowableOfType(ChatException.class, () -> readAll(gateway))).isNull();
    assertThat(ours())
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("skipped 1 unreadable events: request=request-1");
    assertThatNothingLeaks(new ChatException(new Failure.ReplyCut()));
  }

  private static ChatException refusal(Gateway asked) {
    ChatException thrown = catchThrowableOfType(ChatException.class, () -> readAll(asked));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private static void readAll(Gateway asked) throws InterruptedException {
    try (ReplyStream reply = asked.model.answer(question())) {
      readInto(new ArrayList<>(), reply);
    }
  }

  private List<ILoggingEvent> ours() {
    return List.copyOf(logged.list).stream()
        .filter(event -> event.getLoggerName().startsWith(GroqHttp.class.getPackageName()))
        .toList();
  }

  /** Neither the key nor any of the provider's words, in whatever could be printed. */
  private void assertThatNothingLeaks(ChatException thrown) {
    StringWriter seen = new StringWriter();
    thrown.printStackTrace(new PrintWriter(seen, true));
    seen.append(thrown.failure().toString()).append(thrown.failure().detail());
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      if (!event.getLoggerName().startsWith("dev.groqchat.simulator")) {
        seen.append(event.getFormattedMessage()).append('\n');
        if (event.getThrowableProxy() != null) {
          seen.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
      }
    }
    assertThat(seen.toString())
        .doesNotContain(Gateway.KEY, "org_", "canary-text", "Please", "console.groq.com")
        .doesNotContainIgnoringCase("cloudflare", "credits", "Access denied");
  }
}
