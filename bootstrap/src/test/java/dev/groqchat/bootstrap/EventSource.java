package dev.groqchat.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A follower that trusts nothing but bytes: it speaks HTTP/1.0, so that the stream comes without
 * chunks, reads as many bytes as it is told, and understands of them only whole events.
 */
final class EventSource {
  private final StringBuilder text = new StringBuilder();
  private long lastSeq;
  private String turn = "";
  private boolean ended;
  private int bytes;

  /** Sends a request, reads at most so many bytes of the answer's body, and leaves. */
  void read(URI uri, String method, String body, int most) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      String head =
          """
          %s %s HTTP/1.0
          Accept: text/event-stream
          Content-Type: application/json
          Last-Event-ID: %d
          Content-Length: %d

          """
              .formatted(method, path, lastSeq, content.length)
              .replace("\n", "\r\n");
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(content);
      InputStream in = socket.getInputStream();
      readHead(in);
      byte[] got = in.readNBytes(most);
      bytes = got.length;
      understand(new String(got, 0, wholeEvents(got), StandardCharsets.UTF_8));
    }
  }

  private void readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer");
      }
      head.write(next);
    }
    head.toString(StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith("X-Turn-ID: "))
        .forEach(line -> turn = line.substring("X-Turn-ID: ".length()));
  }

  /** Where the last whole event ends. */
  private static int wholeEvents(byte[] bytes) {
    for (int end = bytes.length; end >= 2; end--) {
      if (bytes[end - 1] == '\n' && bytes[end - 2] == '\n') {
        return end;
      }
    }
    return 0;
  }

  private void understand(String stream) {
    for (String event : stream.split("\n\n", -1)) {
      Map<String, String> fields = new LinkedHashMap<>();
      event
          .lines()
          .forEach(line -> {
            String[] field = line.split(": ", 2);
            fields.put(field[0], field.length > 1 ? field[1] : "");
          });
      if (fields.containsKey("data")) {
        take(fields.getOrDefault("event", ""), Service.JSON.readTree(fields.get("data")));
      }
    }
  }

  private void take(String name, JsonNode data) {
    long seq = data.get("seq").asLong();
    switch (name) {
      case "delta" -> text.append(data.get("text").asString());
      case "gap" -> {
        text.setLength(0);
        text.append(data.get("text").asString());
      }
      case "finished" -> ended = true;
      default -> {}
    }
    if (!name.equals("gap") && seq != lastSeq + 1) {
      throw new AssertionError("event " + seq + " after " + lastSeq);
    }
    lastSeq = seq;
  }

  String text() {
    return text.toString();
  }

  String turn() {
    return turn;
  }

  boolean ended() {
    return ended;
  }

  /** How many bytes the last read has brought. */
  int bytes() {
    return bytes;
  }
}
