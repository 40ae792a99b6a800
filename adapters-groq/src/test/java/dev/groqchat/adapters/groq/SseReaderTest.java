package dev.groqchat.adapters.groq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.groq.EventSource.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SseReaderTest {
  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of("data: a\n\n", List.of("a")),
        Arguments.of("data:a\n\n", List.of("a")),
        Arguments.of("data:  a\n\n", List.of(" a")),
        Arguments.of("data: a\r\n\r\n", List.of("a")),
        Arguments.of("data: a\r\r", List.of("a")),
        Arguments.of("data: a\r\n\n", List.of("a")),
        Arguments.of("data: a\ndata: b\n\n", List.of("a\nb")),
        Arguments.of("data\n\n", List.of("")),
        Arguments.of("data\ndata\n\n", List.of("\n")),
        Arguments.of("data: a\n: still here\ndata: b\n\n", List.of(":", "a\nb")),
        Arguments.of(": OPENROUTER PROCESSING\n\ndata: a\n\n", List.of(":", "a")),
        Arguments.of("event: error\ndata: a\n\ndata: b\n\n", List.of("error=a", "b")),
        Arguments.of("event:error\n\ndata: b\n\n", List.of("b")),
        Arguments.of("id: 1\nretry: 5\nfoo\ndata: a\n\n", List.of("a")),
        Arguments.of("dataset: x\ndat: y\ndata: a\n\n", List.of("a")),
        Arguments.of("data: a\n\n\n\n\ndata: b\n\n", List.of("a", "b")),
        Arguments.of("data: a", List.of("a")),
        Arguments.of("data: a\n", List.of("a")),
        Arguments.of("data: a\n\ndata: b\n", List.of("a", "b")),
        Arguments.of("\uFEFFdata: a\n\n", List.of("a")),
        Arguments.of("\uFEFF: hi\ndata: a\n\n", List.of(":", "a")),
        Arguments.of("data: \uFEFFa\n\n", List.of("\uFEFFa")),
        Arguments.of("data: a\u2028b\u0085c\n\n", List.of("a\u2028b\u0085c")),
        Arguments.of("data: 中😀\n\n", List.of("中😀")),
        Arguments.of("", List.of()),
        Arguments.of(":", List.of(":")));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsTheSameHoweverItIsSplit(String wire, List<String> events) throws IOException {
    byte[] bytes = wire.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(read(PiecewiseStream.splitAt(bytes, cut))).isEqualTo(events);
    }
    assertThat(read(PiecewiseStream.byteByByte(bytes))).isEqualTo(events);
  }

  @Test
  void saysWhenNothingWholeIsThere() throws IOException {
    var reader =
        new SseReader(
            PiecewiseStream.ofPackets(
                List.of("data: a\n\ndata: b\n\ndata:".getBytes(UTF_8), " c\n\n".getBytes(UTF_8))));
    assertThat(reader.next(true)).isEqualTo(Step.EVENT);
    assertThat(reader.next(false)).isEqualTo(Step.EVENT);
    assertThat(reader.next(false)).isEqualTo(Step.NOTHING_YET);
    assertThat(reader.next(true)).isEqualTo(Step.EVENT);
    assertThat(new String(reader.data(), 0, reader.length(), UTF_8)).isEqualTo("c");
    assertThat(reader.next(true)).isEqualTo(Step.END);
    assertThat(reader.next(false)).isEqualTo(Step.END);
  }

  @Test
  void takesLongLinesAndEvents() throws IOException {
    String long1 = "x".repeat(1_000_000);
    String many = "data: " + "y".repeat(99) + "\n";
    List<String> events =
        read(stream("data: " + long1 + "\n\n" + many.repeat(10_000) + "\n" + "data: short\n\n"));
    assertThat(events).hasSize(3).startsWith(long1).endsWith("short");
    assertThat(events.get(1)).hasSize(999_999);
  }

  @Test
  void refusesALineWithoutAnEnd() {
    assertThatThrownBy(() -> read(stream("data: aaaaaaaa".repeat(500_000))))
        .isInstanceOf(IOException.class)
        .hasMessage("a line is too long");
  }

  @Test
  void refusesAnEventWithoutAnEnd() {
    assertThatThrownBy(() -> read(stream("data: aaaaaaaa\n".repeat(500_000))))
        .isInstanceOf(IOException.class)
        .hasMessage("an event is too long");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<String> read(InputStream in) throws IOException {
    var reader = new SseReader(in);
    List<String> events = new ArrayList<>();
    while (true) {
      switch (reader.next(true)) {
        case EVENT -> {
          String data = new String(reader.data(), 0, reader.length(), UTF_8);
          events.add(reader.name().isEmpty() ? data : reader.name() + "=" + data);
        }
        case COMMENT -> events.add(":");
        case END -> {
          return events;
        }
        case NOTHING_YET -> throw new AssertionError("was told to wait");
      }
    }
  }
}
