package dev.groqchat.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request and what has been answered so far. For the connection's thread. */
final class Exchange {
  private final SeenRequest seen;
  private final OutputStream socket;
  private final InstantSource clock;
  private final long began = System.nanoTime();
  private int status;
  private int tokens;
  private Map<String, String> limits = Map.of();

  Exchange(SeenRequest seen, OutputStream socket, InstantSource clock) {
    this.seen = seen;
    this.socket = socket;
    this.clock = clock;
  }

  SeenRequest seen() {
    return seen;
  }

  int status() {
    return status;
  }

  int tokens() {
    return tokens;
  }

  void sentTokens(int upTo) {
    tokens = upTo;
  }

  long elapsedNanos() {
    return System.nanoTime() - began;
  }

  /** These headers go with whatever is sent from now on. */
  void show(Map<String, String> rateLimits) {
    limits = rateLimits;
  }

  /** Sends a whole response in one write. */
  void send(Script script, int code, String contentType, String body, Map<String, String> more)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var headers = headers(script, contentType);
    headers.putAll(more);
    headers.put("Content-Length", Integer.toString(bytes.length));
    var wire = head(script, code, headers);
    wire.body(bytes);
    wire.end();
  }

  void json(Script script, String body) throws IOException {
    send(script, 200, "application/json", body, Map.of());
  }

  void send(Script script, ErrorAnswer said) throws IOException {
    var error = script.looks().has(Quirk.OPENROUTER) ? said.asOpenRouter() : said;
    send(script, error.status(), error.contentType(), error.body(), error.headers());
  }

  /** The head of a stream, sent before there is anything to stream. */
  Wire stream(Script script) throws IOException {
    var headers = headers(script, "text/event-stream"); // no charset, as recorded
    headers.put("Cache-Control", "no-cache");
    var wire = head(script, 200, headers);
    wire.flush();
    return wire;
  }

  /** The head of an answer whose body is never sent. */
  void headOnly(Script script) throws IOException {
    var headers = headers(script, "application/json");
    headers.put("Content-Length", "1000");
    head(script, 200, headers).flush();
  }

  private Wire head(Script script, int code, Map<String, String> headers) {
    var wire = new Wire(socket, script);
    status = code;
    wire.head(code, headers);
    return wire;
  }

  private Map<String, String> headers(Script script, String contentType) {
    var headers = new LinkedHashMap<String, String>();
    headers.put(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    headers.put("Content-Type", contentType);
    headers.put("x-request-id", seen.id());
    if (!script.looks().has(Quirk.OPENROUTER)) headers.putAll(limits);
    if (!seen.raw().keepAlive()) headers.put("Connection", "close");
    return headers;
  }
}
