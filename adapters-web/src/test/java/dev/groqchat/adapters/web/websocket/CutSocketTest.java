package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A socket that is lost at any byte: whoever comes back has the same text, and pays for no second
 * answer.
 */
class CutSocketTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANSWER = " Héllo,\n  wörld 👩‍👩‍👧 日本";

  private static Service service;

  @BeforeAll
  static void start() {
    service = Service.start();
    service.answers("say it", Script.answers(" Héllo,\n", "  wörld ", "👩‍👩‍👧", " 日本"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void isResumedToTheSameTextWhereverItWasCut() {
    boolean whole = false;
    for (int cut = 0; !whole; cut++) {
      String key = UUID.randomUUID().toString();
      String send =
          """
          {"type":"send","conversation":"c%s","message":"say it","on_disconnect":"continue","idempotency_key":"%s"}\
          """
              .formatted(key, key);
      List<JsonNode> seen = framesOf(bytes(send, cut));
      whole = ended(seen);
      String before = Client.text(seen);
      String rest = whole ? "" : Client.text(resumed(send, seen));
      assertThat(before + rest).as("cut at byte " + cut).isEqualTo(ANSWER);
    }
  }

  /** What is still missing: followed from the last event seen, or asked for again if none was. */
  private static List<JsonNode> resumed(String send, List<JsonNode> seen) {
    String again =
        seen.isEmpty()
            ? send
            : "{\"type\":\"follow\",\"turn\":\"%s\",\"after\":%d}"
                .formatted(
                    seen.getLast().get("turn").stringValue(), seen.getLast().get("seq").asLong());
    List<JsonNode> frames = framesOf(bytes(again, Integer.MAX_VALUE));
    assertThat(ended(frames)).isTrue();
    return frames;
  }

  private static boolean ended(List<JsonNode> frames) {
    return !frames.isEmpty() && Client.type(frames.getLast()).equals("finished");
  }

  /** Says something, reads at most so many bytes of what comes back, and is gone. */
  private static byte[] bytes(String text, int most) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (RawClient client = RawClient.open(service.port(), "/ws")) {
      client.say(text);
      while (read.size() < most && !ended(framesOf(read.toByteArray()))) {
        read.write(client.read());
      }
    }
    return read.toByteArray();
  }

  /** The whole text frames among these bytes (RFC 6455, section 5.2); a server masks nothing. */
  private static List<JsonNode> framesOf(byte[] bytes) {
    List<JsonNode> frames = new ArrayList<>();
    int at = 0;
    while (at + 4 <= bytes.length) {
      int length = bytes[at + 1] & 0x7f;
      int begin = at + 2;
      if (length == 126) {
        length = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
        begin = at + 4;
      }
      if (begin + length > bytes.length) {
        break;
      }
      assertThat(bytes[at]).as("a whole text frame").isEqualTo((byte) 0x81);
      frames.add(JSON.readTree(new String(bytes, begin, length, StandardCharsets.UTF_8)));
      at = begin + length;
    }
    return frames;
  }
}
