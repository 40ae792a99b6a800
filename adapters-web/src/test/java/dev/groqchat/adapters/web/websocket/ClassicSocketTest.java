package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.domain.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClassicSocketTest {
  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start("groqchat.web.socket.max-waiting=50");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @AfterEach
  void nothingIsLeft() {
    service.awaitQuiet();
  }

  private static Client open(String session) {
    return service.open("/ws/chat?session_id=" + session).connect();
  }

  /** The frames of one reply. */
  private static List<JsonNode> reply(Client client) {
    List<JsonNode> frames = new ArrayList<>();
    do {
      frames.add(client.next());
    } while (frames.getLast().has("token"));
    return frames;
  }

  private static void assertError(JsonNode frame, String text) {
    assertThat(frame.toString())
        .isEqualTo("{\"type\":\"error\",\"content\":null,\"error\":\"" + text + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws/chat", "/chat"})
  void aReplyComesPieceByPiece(String path) {
    String question = "pieces " + path;
    service.answers(question, Script.script().thinks("hm").says(" a\n", "😀").ends());
    try (Client client = service.open(path).header("X-Session-ID", "s1").connect()) {
      client.ask("{'messages':[{'role':'user','content':'%s'}]}", question);
      assertThat(reply(client))
          .extracting(JsonNode::toString)
          .containsExactly("{\"token\":\" a\\n\"}", "{\"token\":\"😀\"}", "{\"done\":\"true\"}");
    }
  }

  @Test
  void aPromptWillDo() {
    try (Client client = open("s2")) {
      client.ask("{'prompt':'by prompt'}");
      assertThat(reply(client))
          .extracting(JsonNode::toString)
          .containsExactly(
              "{\"token\":\"re: \"}", "{\"token\":\"by prompt\"}", "{\"done\":\"true\"}");
    }
  }

  @Test
  void withoutAStreamItIsTheLastTwentyMessages() {
    service.answers("bad", Script.refuses(new Failure.ModelUnavailable()));
    try (Client client = open("s3")) {
      client.ask("{'messages':[{'role':'user','content':'first'}],'stream':false}");
      assertThat(client.next("chat").toString())
          .isEqualTo(
              "{\"type\":\"chat\",\"content\":[{\"role\":\"user\",\"content\":\"first\"},{\"role\":\"assistant\",\"content\":\"re: first\"}]}");
      for (int i = 0; i < 12; i++) {
        client.ask("{'prompt':'number %d','stream':false}", i);
        JsonNode _ = client.next("chat");
        client.ask("{'prompt':'bad','stream':false}");
        assertError(client.next(), "the model provider failed");
      }
      client.ask("{'prompt':'last','stream':false}");
      JsonNode content = client.next("chat").get("content");
      assertThat(content.size()).isEqualTo(20);
      assertThat(content.get(0).get("content").stringValue()).isEqualTo("number 3");
      assertThat(content.get(19).get("content").stringValue()).isEqualTo("re: last");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'messages':                                        | the frame is not valid JSON
          []                                                  | the frame has the wrong type
          null                                                | the frame must be a JSON object
          {'messages':'x'}                                    | messages has the wrong type
          {}                                                  | messages cannot be empty
          {'messages':[]}                                     | messages cannot be empty
          {'messages':[{'role':'User','content':'x'}]}        | invalid role 'User' at index 0: must be 'user' or 'assistant'
          {'messages':[{'role':'user','content':''}]}         | empty content at index 0
          {'messages':[{'role':'assistant','content':'x'}]}   | last message must be from user, got 'assistant'
          {'prompt':' '}                                      | prompt cannot be empty
          """)
  void aBadFrameIsAnsweredAndTheSocketLives(String frame, String detail) {
    try (Client client = open("s4")) {
      client.ask(frame);
      assertError(client.next(), detail);
      client.ask("{'prompt':'and on'}");
      assertThat(reply(client)).hasSize(3);
    }
  }

  @Test
  void aBinaryFrameIsAnError() {
    try (Client client = open("s5")) {
      assertError(client.sayBinary((byte) 7).next(), "the frame must be text");
      client.ask("{'prompt':'still there'}");
      assertThat(reply(client)).hasSize(3);
    }
  }

  @Test
  void aReplyThatBreaksOffIsNotDone() {
    service.answers("cut", Script.script().says("half"));
    try (Client client = open("s6")) {
      client.ask("{'prompt':'cut'}");
      List<JsonNode> frames = reply(client);
      assertThat(frames).hasSize(2);
      assertError(frames.getLast(), "the reply broke off before its end");
      client.ask("{'prompt':'cut','stream':false}");
      assertError(client.next(), "the reply broke off before its end");
    }
  }

  @Test
  void aReplyThatIsStoppedFromElsewhereIsNotDone() {
    service.answers("halt", Script.script().says("so far").waits(new Gate()).ends());
    try (Client client = open("s7");
        Client other = service.talk()) {
      client.ask("{'prompt':'halt'}");
      JsonNode _ = client.next();
      other.ask("{'type':'stop','turn':'%s'}", service.turnAsking("halt").id());
      assertError(client.next(), "the reply was stopped");
      JsonNode _ = other.next("stop");
    }
  }

  @Test
  void leavingStopsTheTurn() {
    service.answers("leave", Script.script().says("so far").waits(new Gate()).ends());
    Client client = open("s8");
    client.ask("{'prompt':'leave'}").ask("{'prompt':'never asked'}");
    JsonNode _ = client.next();
    client.vanish();
    service.awaitEnd("leave", "stopped");
    Service.until(() -> service.fakes().model().open() == 0);
    service.awaitQuiet();
    assertThat(service.fakes().turns().all())
        .noneMatch(turn -> turn.question().message().text().equals("never asked"));
  }

  @Test
  void fortyMessagesAtOnceAreAnsweredInOrderAndWhole() {
    try (Client client = open("s9")) {
      for (int i = 0; i < 40; i++) {
        service.answers("at once " + i, Script.answers("a" + i, "b" + i, "c" + i));
        client.ask("{'messages':[{'role':'user','content':'at once %d'}]}", i);
      }
      for (int i = 0; i < 40; i++) {
        assertThat(reply(client))
            .extracting(frame -> frame.path("token").asString("done"))
            .containsExactly("a" + i, "b" + i, "c" + i, "done");
      }
      assertThat(client.quiet()).isTrue();
    }
  }

  @Test
  void aLineThatIsTooLongIsRefused() {
    Gate gate = new Gate();
    service.answers("slow", Script.script().waits(gate).says("x").ends());
    try (Client client = open("s10")) {
      client.ask("{'prompt':'slow'}");
      gate.awaitReached();
      for (int i = 0; i < 50; i++) {
        client.ask("{'prompt':'waits'}");
      }
      client.ask("{'prompt':'one too many'}");
      assertError(client.next(), "too many messages are waiting; wait for their replies");
      gate.open();
      for (int i = 0; i <= 50; i++) {
        assertThat(reply(client).getLast().has("done")).isTrue();
      }
    }
  }

  @Test
  void aTranscriptIsTheContext() {
    try (Client client = open("s11")) {
      client.ask(
          "{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a'},{'role':'user','content':'my own'}],'stream':false}");
      assertThat(client.next("chat").get("content").size()).isEqualTo(2);
      assertThat(service.fakes().model().questions().getLast().messages())
          .extracting(message -> message.text())
          .endsWith("q", "a", "my own");
    }
  }
}
