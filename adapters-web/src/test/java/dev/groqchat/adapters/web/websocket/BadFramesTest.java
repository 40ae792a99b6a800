package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadFramesTest {
  private static final String NOBODYS = "01890000-0000-7000-8000-000000000000";

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'send'                                      | the frame is not valid JSON
          {} {}                                               | the frame has the wrong type
          ``                                                  | the frame must be a JSON object
          [1]                                                 | the frame must be a JSON object
          null                                                | the frame must be a JSON object
          {}                                                  | type must be send, follow, stop or ping
          {'type':'dance'}                                    | type must be send, follow, stop or ping
          {'type':1}                                          | type must be a string
          {'type':'send','message':'m'}                       | conversation is missing
          {'type':'send','conversation':7,'message':'m'}      | conversation must be a string
          {'type':'send','conversation':'no way','message':'m'} | a conversation's id must be 1 to 128 of A-Z a-z 0-9 . _ : -
          {'type':'send','conversation':'c'}                  | message cannot be empty
          {'type':'send','conversation':'c','message':' '}    | message cannot be empty
          {'type':'send','conversation':'c','message':{}}     | message has the wrong type
          {'type':'send','conversation':'c','message':'m','temperature':'hot'} | temperature has the wrong type
          {'type':'send','conversation':'c','message':'m','temperature':3}     | temperature must be between 0 and 2
          {'type':'send','conversation':'c','message':'m','max_tokens':0}      | max_tokens must be at least 1
          {'type':'send','conversation':'c','message':'m','on_disconnect':'x'} | on_disconnect must be continue, cancel or grace:<duration>
          {'type':'send','conversation':'c','message':'m','retry_of':'x'}      | no such turn
          {'type':'send','conversation':'c','message':'m','idempotency_key':'a b'} | Idempotency-Key must be 1 to 255 visible ASCII characters
          {'type':'follow'}                                   | turn is missing
          {'type':'follow','turn':null}                       | turn is missing
          {'type':'follow','turn':5}                          | turn must be a string
          {'type':'follow','turn':'x'}                        | no such turn
          {'type':'follow','turn':'01890000-0000-7000-8000-000000000000'} | no such turn
          {'type':'follow','turn':'x','after':-1}             | no such turn
          {'type':'follow','turn':'01890000-0000-7000-8000-000000000000','after':-1}  | after must be the number of an event, or 0
          {'type':'follow','turn':'01890000-0000-7000-8000-000000000000','after':1.5} | after must be the number of an event, or 0
          {'type':'follow','turn':'01890000-0000-7000-8000-000000000000','after':'1'} | after must be the number of an event, or 0
          {'type':'follow','turn':'01890000-0000-7000-8000-000000000000','after':99999999999999999999} | after must be the number of an event, or 0
          {'type':'stop'}                                     | turn is missing
          {'type':'stop','turn':'01890000-0000-7000-8000-000000000000'} | no such turn
          {'type':'ping','ref':{}}                            | ref must be a whole number, or a string of at most 128 characters
          {'type':'ping','ref':'\\ud83d'}                     | ref must be a whole number, or a string of at most 128 characters
          """)
  void aBadFrameIsAnsweredAndTheSocketLives(String frame, String detail) {
    try (Client client = service.talk()) {
      client.say(frame.replace('\'', '"'));
      JsonNode error = client.next("error").get("error");
      assertThat(error.propertyNames()).containsExactly("type", "title", "detail");
      assertThat(error.get("detail").stringValue()).isEqualTo(detail);
      assertThat(error.get("type").stringValue()).startsWith("urn:groqchat:problem:");
      assertThat(client.untilPong()).hasSize(1);
    }
  }

  @Test
  void anErrorCarriesTheRefOfItsFrame() {
    try (Client client = service.talk()) {
      for (String frame :
          List.of(
              "{'ref':'r'}",
              "{'ref':'r','type':'send','conversation':'c','message':[]}",
              "{'ref':'r','type':'follow','turn':'" + NOBODYS + "'}",
              "{'ref':'r','type':'stop','turn':'" + NOBODYS + "'}")) {
        assertThat(client.ask(frame).next("error").get("ref").stringValue()).isEqualTo("r");
      }
      String longest = "x".repeat(128);
      assertThat(
              client
                  .ask("{'ref':'%s','type':'ping'}", longest)
                  .next("pong")
                  .get("ref")
                  .stringValue())
          .isEqualTo(longest);
      assertThat(client.ask("{'ref':'%sx','type':'ping'}", longest).next("error").has("ref"))
          .isFalse();
    }
  }

  @Test
  void aBinaryFrameIsAnError() {
    try (Client client = service.talk()) {
      JsonNode error = client.sayBinary((byte) 1).next("error").get("error");
      assertThat(error.get("detail").stringValue()).isEqualTo("the frame must be text");
      assertThat(client.untilPong()).hasSize(1);
    }
  }

  @Test
  void aDeepFrameIsAnError() {
    try (Client client = service.talk()) {
      JsonNode _ = client.say("[".repeat(100_000)).next("error");
      assertThat(client.untilPong()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noFrameEndsTheSocket(long seed) {
    Random random = new Random(seed);
    try (Client client = service.talk();
        Client classic = service.open("/ws/chat?session_id=fuzz-" + seed).connect()) {
      for (int i = 0; i < 200; i++) {
        String frame = frame(random);
        client.say(frame);
        classic.say(frame);
        if (i % 20 == 0) {
          List<JsonNode> _ = client.untilPong();
          classic.ask("{'prompt':''}");
          Service.until(() -> Client.type(classic.next()).equals("error"));
        }
      }
      assertThat(client.isClosed() || classic.isClosed()).isFalse();
    }
  }

  /** Something like a frame, damaged here and there. */
  private static String frame(Random random) {
    List<String> types =
        List.of("'send'", "'follow'", "'stop'", "'ping'", "'x'", "7", "null", "{}");
    List<String> values =
        List.of(
            "'m'",
            "''",
            "null",
            "0",
            "-1",
            "1e400",
            "[]",
            "{}",
            "true",
            "'\\ud83d'",
            "'é'",
            "'\\u0000'",
            "'" + NOBODYS + "'",
            "'grace:1s'",
            "'c'",
            "99999999999999999999999");
    List<String> names =
        List.of(
            "ref",
            "conversation",
            "message",
            "turn",
            "after",
            "model",
            "temperature",
            "max_tokens",
            "on_disconnect",
            "retry_of",
            "idempotency_key",
            "messages",
            "prompt",
            "stream");
    StringBuilder frame = new StringBuilder("{'type':").append(any(types, random));
    for (int i = random.nextInt(6); i > 0; i--) {
      frame.append(",'").append(any(names, random)).append("':").append(any(values, random));
    }
    frame.append('}');
    if (random.nextInt(4) == 0) {
      frame.setCharAt(random.nextInt(frame.length()), (char) (32 + random.nextInt(95)));
    }
    if (random.nextInt(8) == 0) {
      frame.setLength(random.nextInt(frame.length()));
    }
    return frame.toString().replace('\'', '"');
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
