package dev.groqchat.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a turn is made of. */
class TurnValuesTest {
  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");

  @ParameterizedTest
  @CsvSource({
    "grace:0s, PT0S",
    "grace:1500ms, PT1.5S",
    "grace:30s, PT30S",
    "grace:2m, PT2M",
    "grace:1h, PT1H",
    "grace:3600000ms, PT1H",
    "grace:060s, PT1M"
  })
  void readsAGrace(String text, Duration patience) {
    assertThat(OnDisconnect.parse(text)).isEqualTo(new OnDisconnect.Grace(patience));
  }

  @Test
  void readsWhatBecomesOfATurnThatIsLeft() {
    assertThat(OnDisconnect.parse("continue")).isEqualTo(new OnDisconnect.Continue());
    assertThat(OnDisconnect.parse("cancel")).isEqualTo(new OnDisconnect.Cancel());
    assertThat(OnDisconnect.parse("grace:30s")).isEqualTo(OnDisconnect.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Continue",
        "grace",
        "grace:",
        "grace:30",
        "grace:-1s",
        "grace:1.5s",
        "grace:1d",
        "grace:30s ",
        "grace:12345678s",
        "grace:٣s",
        "stop"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> OnDisconnect.parse(text))
        .isInstanceOf(ChatException.class)
        .hasMessage("on_disconnect must be continue, cancel or grace:<duration>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grace:61m", "grace:3600001ms", "grace:9999999h"})
  void aGraceIsAtMostAnHour(String text) {
    assertThatThrownBy(() -> OnDisconnect.parse(text))
        .isInstanceOf(ChatException.class)
        .hasMessage("on_disconnect's grace must be between 0s and 1h");
    assertThatThrownBy(() -> new OnDisconnect.Grace(Duration.ofMillis(-1)))
        .isInstanceOf(ChatException.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(doubles = {0, -0.0, 0.7, 2})
  void aTemperatureIsFromZeroToTwo(@Nullable Double temperature) {
    assertThat(options(temperature, 1).temperature()).isEqualTo(temperature);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 2.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAnyOtherTemperature(double temperature) {
    assertThatThrownBy(() -> options(temperature, 1))
        .isInstanceOf(ChatException.class)
        .hasMessage("temperature must be between 0 and 2");
  }

  @Test
  void aReplyMayHaveAtLeastOneToken() {
    assertThat(options(null, 1).maxTokens()).isEqualTo(1);
    assertThatThrownBy(() -> options(null, 0))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(
                        new Failure.InvalidRequest("max_tokens", "max_tokens must be at least 1")));
  }

  @Test
  void aTurnsIdIsAUuidOfVersionSeven() {
    TurnId id = TurnId.make(Instant.ofEpochMilli(1), new Random(1));

    assertThat(id.value().version()).isEqualTo(7);
    assertThat(TurnId.parse(id.toString())).isEqualTo(id);
    assertThat(TurnId.parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
        .isEqualTo(new TurnId(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-1-1-1-1",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        " 017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
      })
  void nobodyHasATurnOfAnImpossibleId(String text) {
    assertThatThrownBy(() -> TurnId.parse(text))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, 3, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "Grüß 🚀, 6, 385c659f68ee14e0340ea86c40d24be5ce91f3bd88f33ea0c6d408a2184ba57e"
  })
  void aDigestIsTheTextsLengthAndHash(String text, int length, String sha256) {
    assertThat(TextDigest.of(text)).isEqualTo(new TextDigest(length, sha256));
  }

  @ParameterizedTest
  @EnumSource
  void aReasonIsFoundByItsWord(FinishReason reason) {
    assertThat(FinishReason.of(reason.word())).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "STOP", "function_call"})
  void anUnknownReasonIsAnother(String word) {
    assertThat(FinishReason.of(word)).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void usageAddsUp() {
    assertThat(new Usage(Integer.MAX_VALUE, 1, true).totalTokens()).isEqualTo(2_147_483_648L);
    assertThatIllegalArgumentException().isThrownBy(() -> new Usage(-1, 0, true));
    assertThatIllegalArgumentException().isThrownBy(() -> new Usage(0, -1, true));
  }

  @Test
  void positionsBeginAtOne() {
    assertThat(new TurnEvent.Queued(1, Duration.ZERO).position()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new TurnEvent.Queued(0, Duration.ZERO));
  }

  @Test
  void threeEventsEndATurn() {
    TurnEvent finished =
        new TurnEvent.Finished(
            FinishReason.STOP,
            new Usage(1, 1, true),
            TextDigest.of("a"),
            new Timings(Duration.ZERO, null, Duration.ZERO, Duration.ZERO));

    assertThat(new NumberedEvent(1, finished).ending()).isTrue();
    assertThat(new NumberedEvent(1, new TurnEvent.Stopped(0, true)).ending()).isTrue();
    assertThat(new NumberedEvent(1, new TurnEvent.Failed(new Failure.Internal())).ending())
        .isTrue();
    assertThat(new NumberedEvent(1, new TurnEvent.Delta("a")).ending()).isFalse();
    assertThat(new NumberedEvent(1, new TurnEvent.Gap("a")).ending()).isFalse();
  }

  private static TurnOptions options(@Nullable Double temperature, int maxTokens) {
    return new TurnOptions(MODEL, temperature, maxTokens, OnDisconnect.DEFAULT);
  }
}
