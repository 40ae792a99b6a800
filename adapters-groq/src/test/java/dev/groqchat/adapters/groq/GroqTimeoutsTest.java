package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.readInto;
import static dev.groqchat.application.fixtures.ChatModelContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.failure.Failure.ModelTimeout;
import dev.groqchat.domain.failure.Failure.ModelTimeout.Waiting;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.simulator.Outcome;
import dev.groqchat.simulator.Plan;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroqTimeoutsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Gateway.LONG;

  private final Simulator simulator =
      Simulator.start(SimulatorConfig.fast().withPlan(Plan.unlimited()));
  private final List<Part> parts = new ArrayList<>();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void theStatusIsPartOfTheWaitForTheFirstToken() throws InterruptedException {
    simulator.script(Script.demo().stallBeforeHead());
    assertThat(failure(Gateway.within(simulator.baseUrl(), SHORT, LONG, LONG)))
        .isEqualTo(new ModelTimeout(Waiting.FIRST_TOKEN, SHORT));
    seenClosed();
  }

  @Test
  void theFirstTokenHasItsLimit() throws InterruptedException {
    simulator.script(Script.demo().stallAfter(0));
    assertThat(failure(Gateway.within(simulator.baseUrl(), SHORT, LONG, LONG)))
        .isEqualTo(new ModelTimeout(Waiting.FIRST_TOKEN, SHORT));
    seenClosed();
  }

  @Test
  void commentsAreNoFirstToken() throws IOException {
    try (RawServer server =
        RawServer.talking((in, out) -> {
          RawServer.readRequest(in);
          RawServer.beginStream(out);
          while (true) {
            RawServer.say(out, ": OPENROUTER PROCESSING\n\n");
            Thread.sleep(20);
          }
        })) {
      assertThat(failure(Gateway.within(server.url(), SHORT, LONG, LONG)))
          .isEqualTo(new ModelTimeout(Waiting.FIRST_TOKEN, SHORT));
    }
  }

  @Test
  void silenceAfterTheFirstTokenHasItsLimit() throws InterruptedException {
    simulator.script(Script.counting(10).stallAfter(4));
    assertThat(failure(Gateway.within(simulator.baseUrl(), LONG, SHORT, LONG)))
        .isEqualTo(new ModelTimeout(Waiting.NEXT_TOKEN, SHORT));
    assertThat(parts).hasSize(4);
    seenClosed();
  }

  @Test
  void aStreamThatKeepsSpeakingIsNotCutForSilence() {
    simulator.script(Script.counting(40).rate(40));
    assertThat(failure(Gateway.within(simulator.baseUrl(), LONG, SHORT, LONG))).isNull();
    assertThat(parts).hasSize(41);
  }

  /** A thousand tokens a second, each of which would be read by itself. */
  @Test
  void aFastReplyIsReadOnceInABeat() throws InterruptedException {
    simulator.script(Script.counting(200).rate(1000));
    long first = System.nanoTime() / Beat.NANOS;
    int times = 0;
    try (Gateway gateway = Gateway.to(simulator.baseUrl());
        ReplyStream reply = gateway.model.answer(question())) {
      while (parts.isEmpty() || !(parts.getLast() instanceof Part.End)) {
        parts.addAll(reply.next());
        times++;
      }
    }
    long beats = System.nanoTime() / Beat.NANOS - first + 1;

    assertThat(parts).hasSize(201);
    assertThat((long) times).isLessThanOrEqualTo(beats);
  }

  @Test
  void theWholeReplyHasItsLimitHoweverItSpeaks() throws InterruptedException {
    simulator.script(Script.counting(60_000).rate(100));
    Duration whole = Duration.ofMillis(700);
    assertThat(failure(Gateway.within(simulator.baseUrl(), LONG, LONG, whole)))
        .isEqualTo(new ModelTimeout(Waiting.WHOLE_REPLY, whole));
    assertThat(parts).isNotEmpty();
    seenClosed();
  }

  @Test
  void theWholeRepliesLimitHoldsForItsBeginningToo() {
    simulator.script(Script.demo().stallBeforeHead());
    assertThat(failure(Gateway.within(simulator.baseUrl(), LONG, LONG, SHORT)))
        .isEqualTo(new ModelTimeout(Waiting.WHOLE_REPLY, SHORT));
  }

  @Test
  void nobodysReadingIsNoSilence() throws Exception {
    simulator.script(Script.counting(5).stallAfter(4).stallFor(Duration.ofMillis(10)));
    try (Gateway gateway = Gateway.within(simulator.baseUrl(), LONG, SHORT, LONG);
        ReplyStream reply = gateway.model.answer(question())) {
      parts.addAll(reply.next());
      Thread.sleep(SHORT.multipliedBy(2));
      readInto(parts, reply);
    }
    assertThat(parts.getLast()).isInstanceOf(Part.End.class);
  }

  @Test
  void aWholeReplyIsGoodEvenIfTheProviderDoesNotHangUp() throws IOException {
    try (RawServer server =
        RawServer.talking((in, out) -> {
          RawServer.readRequest(in);
          RawServer.beginStream(out);
          RawServer.say(
              out,
              "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
          in.readAllBytes();
        })) {
      assertThat(failure(Gateway.within(server.url(), LONG, SHORT, LONG))).isNull();
      assertThat(text(parts)).isEqualTo("a");
      assertThat(parts.getLast()).isEqualTo(new Part.End(FinishReason.STOP, null));
    }
  }

  @Test
  void theConnectionHasItsLimit() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = fill(full);
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
      assertThat(failure(Gateway.connectingWithin(url, SHORT)))
          .isEqualTo(new ModelTimeout(Waiting.CONNECTION, SHORT));
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  /** Nobody accepts, and the queue is short: whoever comes next waits for an answer to its SYN. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> queue = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (IOException _) {
        break;
      }
    }
    return queue;
  }

  /** Reads to the end; null if that was a good one. */
  private @Nullable Failure failure(Gateway gateway) {
    try (gateway) {
      ChatException thrown =
          catchThrowableOfType(
              ChatException.class,
              () -> {
                try (ReplyStream reply = gateway.model.answer(question())) {
                  readInto(parts, reply);
                }
              });
      return thrown == null ? null : thrown.failure();
    }
  }

  private void seenClosed() throws InterruptedException {
    assertThat(simulator.requests().getFirst().awaitOutcome(Duration.ofSeconds(2)).end())
        .isEqualTo(Outcome.End.CLIENT_CLOSED);
  }
}
