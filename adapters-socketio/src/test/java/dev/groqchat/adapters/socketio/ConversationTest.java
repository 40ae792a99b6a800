package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.Client.Transport;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients and the bot say to each other. */
class ConversationTest extends OverSocketIo {
  @ParameterizedTest
  @EnumSource
  void aClientIsGivenASessionAndGreeted(Transport transport) throws Exception {
    try (Client client = transport.open(service())) {
      client.send("40");

      assertThat(client.next()).startsWith("40{\"sid\":\"");
      assertThat(client.event("session_id").getString("session_id")).hasSize(36);
      assertThat(client.event("bot_message").toMap())
          .isEqualTo(Map.of("message", "Hello! How can I help you today?", "timestamp", "04:04"));
      assertThat(client.nothingCame()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsAnsweredWithTheWholeReplyAndTheTime(Transport transport) throws Exception {
    fakes.model().then(Script.answers("Hello", " \"Ada\"\n", "😀"));
    try (Client client = transport.open(service())) {
      client.says(client.connect(), "I am Ada");

      assertThat(client.event("bot_message").toMap())
          .isEqualTo(Map.of("message", "Hello \"Ada\"\n😀", "timestamp", "04:04"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesSentAtOnceAreAnsweredInOrder(Transport transport) throws Exception {
    try (Client client = transport.open(service())) {
      String session = client.connect();
      client.says(session, "one");
      client.says(session, "two");
      client.says(session, "three");

      List<String> answers = new ArrayList<>();
      for (int count = 0; count < 3; count++) {
        answers.add(client.event("bot_message").getString("message"));
      }
      assertThat(answers).containsExactly("re: one", "re: two", "re: three");
      assertThat(fakes.model().questions().getLast().messages())
          .as("they are one conversation")
          .hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoLeavesStopsWhatItAsked(Transport transport) throws Exception {
    Gate never = new Gate();
    fakes.model().then(Script.script().says("Well").waits(never).ends());
    try (Client client = transport.open(service())) {
      client.says(client.connect(), "Tell me");
      never.awaitReached();

      client.send("41");

      Eventually.holdsWithin(
          Duration.ofSeconds(2), "the model is told", () -> fakes.model().open() == 0);
    }
  }

  @Test
  void aSocketThatBreaksStopsWhatItAskedAndForgetsWhatWaits() throws Exception {
    Gate never = new Gate();
    fakes.model().then(Script.script().waits(never).ends());
    int before = fakes.model().questions().size();
    Client client = Transport.WEBSOCKET.open(service());
    String session = client.connect();
    client.says(session, "Tell me");
    client.says(session, "and this");
    never.awaitReached();

    client.vanish();

    Eventually.holdsWithin(
        Duration.ofSeconds(2), "the model is told", () -> fakes.model().open() == 0);
    Eventually.holds("all is over", () -> connections.size() == 0 && useCases.openTurns() == 0);
    assertThat(fakes.model().questions()).hasSize(before + 1);
  }

  @ParameterizedTest
  @EnumSource
  void aClientWithoutAKeyIsCalledAsTheServiceCallsIt(Transport transport) throws Exception {
    try (Client client = transport.open(service(), "X-Test-Name", "somebody")) {
      client.says(client.connect(), "Who am I?");
      client.event("bot_message");

      assertThat(doorkeeper.caller().client()).isEqualTo("somebody");
    }
  }

  @Test
  void aReplyThatWasMadeBeforeWillDo() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.says(client.connect(), "Again?");
      client.event("bot_message");

      assertThat(doorkeeper.wish().reusable()).isTrue();
      assertThat(doorkeeper.wish().idempotencyKey()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksTooMuchIsToldByTheBotAndMayAskAgain(Transport transport) throws Exception {
    try (Client client = transport.open(service())) {
      String session = client.connect();
      doorkeeper.refuse(new Failure.RateLimited(2, Duration.ofMillis(2500)));
      client.says(session, "too soon");
      client.says(session, "later");

      assertThat(client.event("bot_message").getString("message"))
          .isEqualTo("Sorry, I encountered an error: too many requests; try again in 2.5 s");
      assertThat(client.event("bot_message").getString("message")).isEqualTo("re: later");
    }
  }

  @Test
  void anEarlierSessionIsKnownAgain() throws Exception {
    String session;
    try (Client client = Transport.WEBSOCKET.open(service())) {
      session = client.connect();
      client.says(session, "I am Ada");
      client.event("bot_message");
    }
    try (Client client = Transport.POLLING.open(service())) {
      client.connect();
      client.says(session, "Who am I?");

      assertThat(client.event("bot_message").getString("message")).isEqualTo("re: Who am I?");
      assertThat(fakes.model().questions().getLast().messages()).hasSize(3);
    }
  }

  @Test
  void aSessionThatNobodyHasIsNotFound() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.connect();
      for (Object payload :
          List.of(
              new JSONObject().put("session_id", "never").put("message", "x"),
              new JSONObject().put("session_id", "not an id!").put("message", "x"),
              new JSONObject().put("session_id", "").put("message", "x"),
              new JSONObject().put("session_id", JSONObject.NULL).put("message", "x"),
              new JSONObject().put("message", "x"))) {
        client.emits(payload);
        assertThat(client.event("error").toMap()).isEqualTo(Map.of("message", "Session not found"));
      }
    }
  }

  @Test
  void aMessageThatBreaksARuleIsToldTheRule() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      String session = client.connect();
      client.says(session, " ");
      assertThat(error(client)).isEqualTo("message cannot be empty");
      client.says(session, null);
      assertThat(error(client)).isEqualTo("message cannot be empty");
      client.says(session, 7);
      assertThat(error(client)).isEqualTo("message must be a string");
      client.says(session, "x".repeat(TestService.LONGEST + 1));
      assertThat(error(client)).isEqualTo("message exceeds maximum length of 50 characters");
      client.emits(new JSONObject().put("session_id", 7).put("message", "x"));
      assertThat(error(client)).isEqualTo("session_id must be a string");
      client.emits("text");
      assertThat(error(client)).startsWith("user_message must come with");
      client.send("42[\"user_message\"]");
      assertThat(error(client)).startsWith("user_message must come with");

      client.says(session, "still here");
      assertThat(client.event("bot_message").getString("message")).isEqualTo("re: still here");
    }
  }

  private static String error(Client client) throws InterruptedException {
    return client.event("error").getString("message");
  }

  @Test
  void aFailureOfTheModelIsToldWithoutInternals() throws Exception {
    fakes
        .model()
        .then(Script.refuses(new Failure.ModelUnavailable()))
        .then(Script.script().says("Hel").fails(new IllegalStateException("secret text")));
    try (Client client = Transport.WEBSOCKET.open(service())) {
      String session = client.connect();
      client.says(session, "one");
      assertThat(client.event("bot_message").getString("message"))
          .isEqualTo("Sorry, I encountered an error: the model provider failed");
      client.says(session, "two");
      assertThat(client.event("bot_message").getString("message"))
          .startsWith("Sorry, I encountered an error")
          .doesNotContain("secret", "Hel");
    }
  }

  @Test
  void moreMessagesThanMayWaitAreRefused() throws Exception {
    Gate gate = new Gate();
    fakes.model().then(Script.script().waits(gate).says("first").ends());
    try (Client client = Transport.WEBSOCKET.open(service())) {
      String session = client.connect();
      client.says(session, "0");
      gate.awaitReached();
      for (int count = 1; count <= 4; count++) {
        client.says(session, "" + count);
      }

      assertThat(error(client)).isEqualTo("too many messages are waiting for their answers");
      gate.open();
      for (String answer : List.of("first", "re: 1", "re: 2", "re: 3")) {
        assertThat(client.event("bot_message").getString("message")).isEqualTo(answer);
      }
    }
  }

  @Test
  void anEventIsAcknowledgedToWhoAsks() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.connect();
      client.send("4217[\"something_else\",1]");

      assertThat(client.next()).isEqualTo("4317[]");
    }
  }

  @Test
  void otherNamespacesAreNone() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.send("40/admin,");
      assertThat(client.next()).isEqualTo("44/admin,{\"message\":\"Invalid namespace\"}");
      client.connect();
      client.send("41/admin,");
      client.send("430[]");
      client.send("421[\"x\"]");
      assertThat(client.next()).isEqualTo("431[]");
    }
  }
}
