package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a question, and what is refused. */
class QuestionReaderTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  private static Asked read(String body) {
    return QuestionReader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Asked with(String more) {
    return read("{" + MESSAGES + "," + more + "}");
  }

  private static Failure failure(byte[] body) {
    try {
      throw new AssertionError("was read: " + QuestionReader.read(body));
    } catch (ChatException e) {
      return e.failure();
    }
  }

  @Test
  void allThatMattersIsRead() {
    Asked asked =
        with("\"model\":\"m/x\",\"stream\":true,\"max_completion_tokens\":5,\"max_tokens\":7");

    assertThat(asked.model()).isEqualTo(new ModelId("m/x"));
    assertThat(asked.stream()).isTrue();
    assertThat(asked.maxTokens()).isEqualTo(5);
    assertThat(asked.readable()).isEqualTo("hi\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\":1", "\"model\":null", "\"model\":\"\""})
  void theDefaultModelIsMeantIfNoneIsNamed(String more) {
    assertThat(with(more).model()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "0", "-1", "1.5", "\"5\"", "{\"a\":[1]}", "99999999999", "[1,2]", "true"})
  void whatIsNoNumberOfTokensIsTheProvidersToRefuse(String value) {
    assertThat(with("\"max_tokens\":" + value).maxTokens()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"x\":1; true",
        "\"temperature\":0; false",
        "\"temperature\":0.0; false",
        "\"temperature\":-0.0e5; false",
        "\"temperature\":0.1; true",
        "\"temperature\":1e-999; true",
        "\"temperature\":null; true",
        "\"temperature\":\"0\"; true",
        "\"temperature\":0,\"n\":1; false",
        "\"temperature\":0,\"n\":null; false",
        "\"temperature\":0,\"n\":2; true",
        "\"temperature\":0,\"n\":\"1\"; true",
        "\"temperature\":0,\"tools\":[{}]; false",
      })
  void repliesVaryUnlessTheTemperatureIsZero(String more, boolean varied) {
    assertThat(with(more).varied()).isEqualTo(varied);
  }

  @Test
  void textsToolsAndFormatsAreReadable() {
    Asked asked =
        read(
            """
            {"messages":[
              {"role":"system","content":"one"},
              {"role":"user","name":"bob","content":[{"type":"text","text":"tw\\u00f6"},{"type":"text","text":"three"}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"four"}],
             "tools": [ {"a": "ü"} ], "response_format":{"type":"json_schema"}, "user": "not this"}
            """);

    assertThat(asked.readable())
        .isEqualTo(
            "one\nbob\ntwö\nthree\nf\n{}\nfour\n[ {\"a\": \"ü\"} ]\n{\"type\":\"json_schema\"}\n");
  }

  @Test
  void toolsAreReadableWhereverTheyStand() {
    assertThat(
            read("{\"x\":\"" + "ü".repeat(9_000) + "\",\"tools\":[{\"b\":1}]," + MESSAGES + "}")
                .readable())
        .isEqualTo("[{\"b\":1}]\nhi\n");
  }

  @Test
  void aPictureCountsTheSameWhateverItsSize() {
    String picture = "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":%s}]}]}";
    Asked small = read(picture.formatted("\"https://x.example/y.png\""));
    Asked large = read(picture.formatted("{\"url\":\"data:" + "x".repeat(90_000) + "\"}"));

    assertThat(small.readable()).isEqualTo(large.readable()).hasSize(8_001);
  }

  @Test
  void picturesWithoutEndDoNotCountWithoutEnd() {
    String pictures = "{\"image_url\":0},".repeat(100_000);

    assertThat(read("{\"messages\":[" + pictures + "{}]}").readable()).hasSize(100 * 8_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "\"text\"",
        "[1]",
        "{\"messages\":[{}]",
        "{\"messages\":[{}]} x",
        "{\"messages\":[{}]}{}",
        "{\"messages\":[{}],}",
        "{\"messages\":[{}],\"a\":01}",
        "{\"messages\":[{}],\"a\":NaN}",
        "{\"messages\":[{}],\"a\":1,\"a\":2}",
        "{\"messages\":[{\"a\":1,\"\\u0061\":2}]}",
        "{\"messages\":[{\"\\ud83d\":1}]}",
        "{\"messages\":[{\"\\ude00\":1}]}",
        "{\"messages\":[{\"\\ude00\\ud83d\":1}]}",
        "{\"messages\":[{\"\\ud83dx\":1}]}",
        "{\"messages\":[{\"\\ud83d\\u0041\":1}]}",
        "{\"messages\":[{\"\\\\\\u0000\":1}]}",
        "{\"messages\":[{\"\\u0000\":1}]}",
        "{\"messages\":[{}],\"\\u0000\":1}",
        "{\"messages\":[{}],\"x\":[[{\"y\":{\"\\ud83d\":1}}]]}",
        "{\"messages\":[{}],\"tools\":[{\"\\ude00\":1}]}",
        "{\"messages\":[{\"image_url\":{\"\\ude00\":1}}]}",
        "{\"messages\":[{\"a\":\"\u0000\"}]}",
      })
  void whatIsNoSoundJsonIsRefused(String body) {
    assertThat(failure(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Failure.InvalidRequest.class, it -> assertThat(it.field()).isEqualTo("body"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83dx", "\\u0000", "cut\\ud83d"})
  void whatATextHoldsIsTheProvidersToRead(String text) {
    String body = "{\"messages\":[{\"content\":\"" + text + "\"}],\"user\":\"" + text + "\"}";
    assertThat(read(body).words()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m\\ud83d", "m\\u0000"})
  void aModelIsNamedInCharacters(String model) {
    String body = "{" + MESSAGES + ",\"model\":\"" + model + "\"}";
    assertThat(failure(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Failure.InvalidRequest.class, it -> assertThat(it.field()).isEqualTo("model"));
  }

  @Test
  void ofALongTextTheBeginningIsKeptAndTheLength() {
    int most = ReadableText.MOST_CHARS;
    String message = "{\"content\":\"" + "x".repeat(most - 2) + "\"}";

    Asked fits = read("{\"messages\":[" + message + "]}");
    Asked over = read("{\"messages\":[" + message + ",{\"content\":\"yy\"}],\"tools\":[1]}");

    assertThat(fits.readable()).hasSize(most - 1).endsWith("x\n");
    assertThat(fits.readableLength()).isEqualTo(most - 1);
    assertThat(over.readable()).hasSize(most).endsWith("x\ny");
    assertThat(over.readableLength()).isEqualTo(most - 1 + 3 + 4);
    assertThat(over.verbatim(true).readableLength()).isEqualTo(over.readableLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d\\ude42", "\\\\u0000", "\\\\ud83d", "\uFFFD", "\\n\\\"\\/", "🙂"})
  void whatOnlyLooksUnsoundIsRead(String text) {
    assertThat(read("{\"messages\":[{\"content\":\"" + text + "\"}]}").words()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c080", "eda0bd", "ff", "f08080af", "e2", "c3"})
  void whatIsNoUtf8IsRefused(String hex) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"messages\":[{\"content\":\"".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(java.util.HexFormat.of().parseHex(hex));
    body.writeBytes("\"}]}".getBytes(StandardCharsets.UTF_8));

    assertThat(failure(body.toByteArray()).detail()).isEqualTo("the body is not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
  void otherEncodingsAreNotGuessed(String charset) {
    assertThat(failure(("{" + MESSAGES + "}").getBytes(Charset.forName(charset))))
        .isInstanceOf(Failure.InvalidRequest.class);
  }

  @Test
  void depthIsBounded() {
    assertThat(with("\"a\":" + "[".repeat(99) + "]".repeat(99)).words()).isNotEmpty();
    assertThatThrownBy(() -> with("\"a\":" + "[".repeat(100) + "]".repeat(100)))
        .isInstanceOf(ChatException.class);
    assertThatThrownBy(() -> with("\"messages\":" + "[".repeat(1_000_000)))
        .isInstanceOf(ChatException.class);
  }

  @Test
  void manyTokensAreTooMany() {
    assertThat(with("\"a\":[" + "1,".repeat(900_000) + "1]").words()).isNotEmpty();
    assertThatThrownBy(() -> with("\"a\":[" + "1,".repeat(1_000_000) + "1]"))
        .isInstanceOf(ChatException.class);
  }
}
