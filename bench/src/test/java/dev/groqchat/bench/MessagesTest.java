package dev.groqchat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final String STREAM =
      """
      HTTP/1.1 200 OK\r
      Transfer-Encoding: chunked\r
      \r
      e\r
      data: one

      dat\r
      8\r
      a: two

      \r
      0\r
      \r
      """;
  private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{...}";

  private final List<String> seen = new ArrayList<>();
  private final Messages.Sink sink =
      new Messages.Sink() {
        @Override
        public void message(byte[] array, int start, int end) {
          seen.add(Bytes.text(array, start, end));
        }

        @Override
        public void ended() {
          seen.add("ended");
        }

        @Override
        public void last() {
          seen.add("last");
        }

        @Override
        public void failed(String why) {
          seen.add(why);
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void streamsAreReadHoweverTheyAreCut(int size) {
    read(new HttpAnswers(sink, true), (STREAM + STREAM).getBytes(StandardCharsets.UTF_8), size);
    assertThat(seen)
        .containsExactly("data: one", "data: two", "ended", "data: one", "data: two", "ended");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void wholeBodiesAreReadHoweverTheyAreCut(int size) {
    read(new HttpAnswers(sink, false), (WHOLE + WHOLE).getBytes(StandardCharsets.UTF_8), size);
    assertThat(seen).containsExactly("{...}", "ended", "{...}", "ended");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void socketMessagesAreReadHoweverTheyAreCut(int size) {
    String large = "x".repeat(300);
    Bytes all = new Bytes();
    byte[] head = Bytes.ascii("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    all.append(head, 0, head.length);
    byte[] frames = Bytes.ascii("\0\3one\0~\1,");
    frames[0] = (byte) 0x81;
    frames[5] = (byte) 0x81;
    all.append(frames, 0, frames.length);
    all.append(Bytes.ascii(large), 0, 300);
    read(new SocketMessages(sink), Arrays.copyOf(all.array(), all.length()), size);
    assertThat(seen).containsExactly("one", large);
  }

  @Test
  void connectionsThatAreToBeClosedAreNotUsedAgain() {
    String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{...}";
    read(new HttpAnswers(sink, false), Bytes.ascii(answer), 1000);
    assertThat(seen).containsExactly("last", "{...}", "ended");
  }

  @Test
  void refusalsAreFailures() {
    String refusal = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    read(new HttpAnswers(sink, true), Bytes.ascii(refusal), 1000);
    assertThat(seen).containsExactly("answered with HTTP/1.1 503 Service Unavailable", "ended");
  }

  private static void read(Messages messages, byte[] all, int size) {
    for (int at = 0; at < all.length; at += size) {
      byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + size));
      messages.read(piece, 0, piece.length);
    }
  }
}
