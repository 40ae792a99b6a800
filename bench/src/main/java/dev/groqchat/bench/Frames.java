package dev.groqchat.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the upstream says, rendered beforehand in the shape that Groq gives it. For one thread. */
final class Frames {
  private static final String DIGITS = "000000";
  private static final String IDS =
      "\"id\":\"chatcmpl-8087db6b-9ee2-4b1c-9d1c-5f2f6c1d7a3e\",\"object\":\"chat.completion%s\","
          + "\"created\":1786530508,\"model\":\"openai/gpt-oss-120b\","
          + "\"system_fingerprint\":\"fp_ef00694abe\"";
  private static final String CHUNK =
      "data: {" + IDS.formatted(".chunk") + ",\"choices\":[%s]%s}\n\n";
  private static final String CHOICE =
      "{\"index\":0,\"delta\":{%s},\"logprobs\":null,\"finish_reason\":%s}";
  private static final String USAGE =
      "{\"queue_time\":0.017371826,\"prompt_tokens\":75,\"prompt_time\":0.003517995,"
          + "\"completion_tokens\":%1$d,\"completion_time\":0.001015726,"
          + "\"total_tokens\":%2$d,\"total_time\":0.004533721}";
  private static final String REQUEST = "req_01kztr8bqme32rx8ttyjtpk0nw";
  private static final String LIMITS =
      "x-request-id: "
          + REQUEST
          + "\r\n"
          + "x-ratelimit-limit-requests: 1000000000\r\nx-ratelimit-limit-tokens: 1000000000\r\n"
          + "x-ratelimit-remaining-requests: 999999999\r\n"
          + "x-ratelimit-remaining-tokens: 999999999\r\n"
          + "x-ratelimit-reset-requests: 1ms\r\nx-ratelimit-reset-tokens: 1ms\r\n";

  private final ByteBuffer token;
  private final int digits;

  Frames() {
    String frame = CHUNK.formatted(CHOICE.formatted("\"content\":\" " + DIGITS + "\"", "null"), "");
    String chunk = chunk(frame);
    byte[] bytes = Bytes.ascii(chunk);
    token = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    digits = chunk.indexOf("\" " + DIGITS) + 2;
  }

  /** One token; holds until the next call. */
  ByteBuffer token(int number) {
    int rest = number;
    for (int i = DIGITS.length() - 1; i >= 0; i--) {
      token.put(digits + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return token.rewind();
  }

  /** The status, the headers, and the frame that names the role. */
  static ByteBuffer begin() {
    String role = CHOICE.formatted("\"role\":\"assistant\",\"content\":\"\"", "null");
    String ids = ",\"x_groq\":{\"id\":\"" + REQUEST + "\",\"seed\":91721220}";
    return bytes(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
            + "transfer-encoding: chunked\r\n"
            + LIMITS
            + "\r\n"
            + chunk(CHUNK.formatted(role, ids)));
  }

  /** What comes after the last token. */
  static ByteBuffer end(int tokens, boolean withUsage) {
    String usage = USAGE.formatted(tokens, 75 + tokens);
    String ids =
        ",\"x_groq\":{\"id\":\"" + REQUEST + "\",\"usage\":" + usage + "},\"usage\":" + usage;
    String extra = ",\"usage\":" + usage + ",\"service_tier\":\"on_demand\"";
    return bytes(
        chunk(CHUNK.formatted(CHOICE.formatted("", "\"stop\""), ids))
            + (withUsage ? chunk(CHUNK.formatted("", extra)) : "")
            + chunk("data: [DONE]\n\n")
            + "0\r\n\r\n");
  }

  /** A failure in mid-stream. */
  static ByteBuffer failure() {
    String error = "{\"error\":{\"message\":\"planted\",\"type\":\"invalid_request_error\"}}";
    return bytes(chunk("event: error\ndata: " + error + "\n\n") + "0\r\n\r\n");
  }

  /** The whole answer at once. */
  static ByteBuffer whole(String text, int tokens) {
    return plain(
        "{"
            + IDS.formatted("")
            + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\""
            + text
            + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":"
            + USAGE.formatted(tokens, 75 + tokens)
            + ",\"x_groq\":{\"id\":\""
            + REQUEST
            + "\"},\"service_tier\":\"on_demand\"}\n");
  }

  static ByteBuffer models() {
    return plain(
        "{\"object\":\"list\",\"data\":[{\"id\":\"openai/gpt-oss-120b\",\"object\":\"model\","
            + "\"created\":1754408224,\"owned_by\":\"OpenAI\",\"active\":true,"
            + "\"context_window\":131072,\"public_apps\":null,"
            + "\"max_completion_tokens\":65536}]}\n");
  }

  /** An answer that is not streamed. */
  static ByteBuffer plain(String json) {
    return bytes(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
            + LIMITS
            + "content-length: "
            + json.length()
            + "\r\n\r\n"
            + json);
  }

  private static String chunk(String payload) {
    return Integer.toHexString(payload.length()) + "\r\n" + payload + "\r\n";
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
