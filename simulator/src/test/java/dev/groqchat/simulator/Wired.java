package dev.groqchat.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client that sees bytes. */
final class Wired implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Wired(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(20_000);
    in = socket.getInputStream();
  }

  /** A status line and headers, and a body without its framing. */
  record Response(String head, String body, End end) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    /** The payloads of its frames. */
    List<String> data() {
      return body.lines()
          .filter(line -> line.startsWith("data: "))
          .map(line -> line.substring(6))
          .toList();
    }
  }

  enum End {
    PROPER,
    EOF,
    RESET
  }

  static String chat(String content) {
    return chat(content, "\"stream\":true");
  }

  static String chat(String content, String more) {
    return "{\"model\":\"openai/gpt-oss-20b\",\"messages\":[{\"role\":\"user\",\"content\":"
        + GoJson.quote(content)
        + "}]"
        + (more.isEmpty() ? "" : ",")
        + more
        + "}";
  }

  /** One request on a connection of its own. */
  static Response post(Simulator simulator, String body, String... headers) throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      return client.send(body, headers).response();
    }
  }

  static Response get(Simulator simulator, String path, String... headers) throws IOException {
    try (var client = new Wired(simulator.baseUrl())) {
      return client
          .sendRaw("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines(headers) + "\r\n")
          .response();
    }
  }

  Wired send(String body, String... headers) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return sendRaw(
        "POST /openai/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer key\r\nContent-Length: "
            + length
            + "\r\n"
            + lines(headers)
            + "\r\n"
            + body);
  }

  Wired sendRaw(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  private static String lines(String... headers) {
    var lines = new StringBuilder();
    for (String header : headers) lines.append(header).append("\r\n");
    return lines.toString();
  }

  /** What comes until the end of this response, however it ends. */
  Response response() throws IOException {
    String head = head();
    var body = new ByteArrayOutputStream();
    var end = End.PROPER;
    try {
      end = head.contains("Transfer-Encoding: chunked") ? chunks(body) : length(head, body);
    } catch (SocketException reset) {
      end = End.RESET;
    }
    return new Response(head, body.toString(StandardCharsets.UTF_8), end);
  }

  String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) return head.toString();
      head.append((char) b);
    }
    return head.toString();
  }

  /** Reads until the body so far holds the text. */
  void readUntil(String text) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int b = in.read();
      if (b < 0) throw new IOException("ended after " + seen);
      seen.append((char) b);
    }
  }

  int read() throws IOException {
    return in.read();
  }

  /** The next packet, or as much of it as fits. */
  byte[] packet() throws IOException {
    byte[] packet = new byte[64 * 1024];
    int n = in.read(packet);
    return n < 0 ? new byte[0] : java.util.Arrays.copyOf(packet, n);
  }

  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private End chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = line();
      if (size.isEmpty()) return End.EOF;
      int length = Integer.parseInt(size, 16);
      if (copy(length, body) < length) return End.EOF;
      line();
      if (length == 0) return End.PROPER;
    }
  }

  private End length(String head, ByteArrayOutputStream body) throws IOException {
    String length = new Response(head, "", End.PROPER).header("Content-Length");
    if (length.isEmpty()) return End.EOF;
    return copy(Integer.parseInt(length), body) < Integer.parseInt(length) ? End.EOF : End.PROPER;
  }

  private int copy(int length, ByteArrayOutputStream body) throws IOException {
    for (int i = 0; i < length; i++) {
      int b = in.read();
      if (b < 0) return i;
      body.write(b);
    }
    return length;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read())
      if (b != '\r') line.append((char) b);
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
