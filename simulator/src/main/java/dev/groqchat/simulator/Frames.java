package dev.groqchat.simulator;

import java.nio.charset.StandardCharsets;

/**
 * The frames of one stream. What is the same in all of them is made once: at a thousand frames a
 * second it matters.
 */
final class Frames {
  /** What names an answer in every frame and header. */
  record Identity(
      String completion, String request, long created, int seed, Model model, String tier) {
    String top(String object) {
      return "{\"id\":\""
          + completion
          + "\",\"object\":\""
          + object
          + "\",\"created\":"
          + created
          + ",\"model\":"
          + GoJson.quote(model.id())
          + ",";
    }
  }

  private static final byte[] NOTHING = {};
  private static final String SILENCE = "{\"role\":\"assistant\",\"content\":\"\"}";

  private final Identity identity;
  private final Looks looks;
  private final boolean openRouter;
  private final String eol;
  private final String top;
  private final byte[] contentStart;
  private final byte[] contentEnd;
  private final byte[] reasoningStart;
  private final byte[] reasoningEnd;

  Frames(Identity identity, Looks looks) {
    this.identity = identity;
    this.looks = looks;
    openRouter = looks.has(Quirk.OPENROUTER);
    eol = looks.has(Quirk.CRLF) ? "\r\n" : "\n";
    String strange =
        looks.has(Quirk.UNKNOWN_FIELDS)
            ? "\"x_unknown\":{\"list\":[1,null]},\"provider\":null,"
            : "";
    top =
        "data: "
            + identity.top("chat.completion.chunk")
            + (openRouter ? "\"provider\":\"Groq\"," : fingerprint())
            + strange;
    String delta =
        top
            + "\"choices\":[{\"index\":0,\"delta\":{"
            + (looks.has(Quirk.UNKNOWN_FIELDS) ? "\"x_unknown\":0," : "")
            + (openRouter ? "\"role\":\"assistant\"," : "");
    String rest = "}," + reasons("null") + "}]}" + eol + eol;
    contentStart = utf8(delta + "\"content\":\"");
    contentEnd = utf8("\"" + rest);
    reasoningStart = utf8(delta + (openRouter ? "\"content\":\"\"," : "") + "\"reasoning\":\"");
    boolean channel = identity.model().isGptOss() && !openRouter;
    reasoningEnd = utf8((channel ? "\",\"channel\":\"analysis\"" : "\"") + rest);
  }

  private String fingerprint() {
    return "\"system_fingerprint\":\"" + identity.model().fingerprint() + "\",";
  }

  byte[] role() {
    if (openRouter) return frame("\"choices\":[" + choice(SILENCE, "null") + "]}");
    return frame(
        "\"choices\":["
            + choice(SILENCE, "null")
            + "],\"x_groq\":{\"id\":\""
            + identity.request()
            + "\",\"seed\":"
            + identity.seed()
            + "}}");
  }

  /** One token; parts of one frame. */
  byte[][] content(String token) {
    return new byte[][] {contentStart, escaped(token), contentEnd};
  }

  byte[][] reasoning(String token) {
    return new byte[][] {reasoningStart, escaped(token), reasoningEnd};
  }

  /** Recorded: the whole call in one frame. */
  byte[] tool(Answer.ToolCall call) {
    return frame(
        "\"choices\":["
            + choice("{\"tool_calls\":[" + call.json() + ",\"index\":0}]}", "null")
            + "]}");
  }

  byte[] finish(String reason, Usage usage) {
    if (openRouter) return frame("\"choices\":[" + choice(SILENCE, GoJson.quote(reason)) + "]}");
    String u = usage.json();
    return frame(
        "\"choices\":["
            + choice("{}", GoJson.quote(reason))
            + "],\"x_groq\":{\"id\":\""
            + identity.request()
            + "\",\"usage\":"
            + u
            + "},\"usage\":"
            + u
            + "}");
  }

  /** OpenRouter's has a choice that says nothing. */
  byte[] usage(Usage usage) {
    if (openRouter)
      return frame(
          "\"choices\":[" + choice(SILENCE, "null") + "],\"usage\":" + usage.openRouter() + "}");
    return frame(
        "\"choices\":[],\"usage\":"
            + usage.json()
            + ",\"service_tier\":\""
            + identity.tier()
            + "\"}");
  }

  byte[] done() {
    return looks.has(Quirk.NO_DONE) ? NOTHING : utf8("data: [DONE]" + eol + eol);
  }

  byte[] comment() {
    return utf8(": OPENROUTER PROCESSING" + eol + eol);
  }

  byte[] emptyChoices() {
    return frame("\"choices\":[]}");
  }

  byte[] garbage() {
    return utf8(
        "data: {\"id\":\""
            + identity.completion()
            + "\",\"choices\":[{\"index\":0,\"delta\":{\"cont"
            + eol
            + eol);
  }

  /** A frame of so many bytes, line ends not counted, that says nothing. */
  byte[] longLine() {
    String start = top + "\"choices\":[],\"x_padding\":\"";
    return utf8(
        start + "x".repeat(Math.max(0, looks.longLine() - start.length() - 2)) + "\"}" + eol + eol);
  }

  /** Recorded; the end of the stream follows. */
  byte[] errorEvent() {
    return utf8(
        "event: error"
            + eol
            + "data: {\"error\":{\"message\":\"Tool choice is required, but model did not call a tool\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"failed_generation\":\"\",\"status_code\":400}}"
            + eol
            + eol);
  }

  byte[] openRouterError() {
    return frame(
        "\"provider\":\"Groq\",\"error\":{\"code\":502,\"message\":\"Provider disconnected unexpectedly\"},\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"error\",\"native_finish_reason\":\"error\"}]}");
  }

  private byte[] frame(String rest) {
    return utf8(top + rest + eol + eol);
  }

  private String choice(String delta, String finish) {
    return "{\"index\":0,\"delta\":" + delta + "," + reasons(finish) + "}";
  }

  private String reasons(String finish) {
    return "\"logprobs\":null,\"finish_reason\":"
        + finish
        + (openRouter ? ",\"native_finish_reason\":" + finish : "");
  }

  private byte[] escaped(String token) {
    var json = new StringBuilder(token.length() + 8);
    GoJson.escape(token, looks.has(Quirk.RAW_BREAKS), json);
    return utf8(json.toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
