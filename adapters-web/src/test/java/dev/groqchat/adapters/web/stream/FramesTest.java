package dev.groqchat.adapters.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class FramesTest {
  private final Frames frames = new Frames(new JsonMapper());

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "data: \n"),
        Arguments.of(" ", "data:  \n"),
        Arguments.of("a", "data: a\n"),
        Arguments.of("  a ", "data:   a \n"),
        Arguments.of("\n", "data: \ndata: \n"),
        Arguments.of("\r", "data: \ndata: \n"),
        Arguments.of("\r\n", "data: \ndata: \n"),
        Arguments.of("\n\n", "data: \ndata: \ndata: \n"),
        Arguments.of("\n\r", "data: \ndata: \ndata: \n"),
        Arguments.of("\r\r\n", "data: \ndata: \ndata: \n"),
        Arguments.of("a\n", "data: a\ndata: \n"),
        Arguments.of("\na", "data: \ndata: a\n"),
        Arguments.of("a\r\nb\rc\nd", "data: a\ndata: b\ndata: c\ndata: d\n"),
        Arguments.of("😀\u2028\u0085", "data: 😀\u2028\u0085\n"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textBecomesALineForEachOfItsLines(String text, String lines) {
    frames.text(text);

    assertThat(frames).hasToString(lines + "\n");
  }

  @Test
  void jsonStaysOnOneLineForEveryReader() {
    frames.json(Map.of("\u2028", "a\u0085b\u2028c\u2029d\ne 😀 é \u00a0 \u2027 \u202a"));

    assertThat(frames)
        .hasToString(
            "data: {\"\\u2028\":\"a\\u0085b\\u2028c\\u2029d\\ne 😀 é \u00a0 \u2027 \u202a\"}\n\n");
    assertThat(
            new JsonMapper().readTree(frames.toString().substring(6)).get("\u2028").stringValue())
        .isEqualTo("a\u0085b\u2028c\u2029d\ne 😀 é \u00a0 \u2027 \u202a");
  }

  @Test
  void anEventHasANumberAndAName() {
    frames.event(7, "delta", Map.of("seq", 7));

    assertThat(frames).hasToString("id: 7\nevent: delta\ndata: {\"seq\":7}\n\n");
  }

  @Test
  void anEventThatCannotBeWrittenLeavesNothingBehind() {
    assertThatThrownBy(() -> frames.event(7, "delta", new Unwritable()))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> frames.json(new Unwritable())).isInstanceOf(JacksonException.class);

    assertThat(frames.isEmpty()).isTrue();
  }

  @Test
  void aCommentIsALineOfItsOwn() {
    frames.comment("waiting");

    assertThat(frames).hasToString(": waiting\n\n");
  }

  @Test
  void whatWasWrittenIsGone() throws IOException {
    frames.comment("one");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    frames.writeTo(out);
    frames.writeTo(out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(": one\n\n");
    assertThat(frames.isEmpty()).isTrue();
  }

  /** Holds itself, which no depth of JSON can. */
  static final class Unwritable {
    public Unwritable getAgain() {
      return this;
    }
  }
}
