package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Fixtures;
import dev.groqchat.application.port.Following;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words, and how a reply is gathered. */
class WordingTest {
  private final Wording wording =
      new Wording(
          InstantSource.fixed(Instant.parse("2026-07-01T22:05:59Z")), ZoneId.of("Asia/Tokyo"));

  static List<Failure> failures() {
    return Stream.concat(
            Fixtures.allFailures().stream(),
            Stream.of(
                new Failure.RateLimited(10, Duration.ofSeconds(3)),
                new Failure.ModelOverloaded(Duration.ofSeconds(3)),
                new Failure.CircuitOpen(Duration.ofSeconds(3)),
                new Failure.InstanceLost()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureHasItsWords(Failure failure) {
    Event event = wording.failure(failure);

    switch (failure) {
      case Failure.InvalidRequest _ ->
          assertThat(event)
              .isEqualTo(new Event("error", Map.of("message", "empty content at index 0")));
      case Failure.NotFound _ ->
          assertThat(event).isEqualTo(new Event("error", Map.of("message", "Session not found")));
      default -> {
        assertThat(event.name()).isEqualTo("bot_message");
        assertThat(event.members().get("message"))
            .isEqualTo("Sorry, I encountered an error: " + failure.detail());
      }
    }
  }

  @Test
  void timesAreThoseOfTheZone() {
    assertThat(wording.botMessage("x").members()).containsEntry("timestamp", "07:05");
  }

  @Test
  void aReplyThatWasStoppedIsToldAsFarAsItCame() throws Exception {
    assertThat(
            read(
                new TurnEvent.Delta("a"),
                new TurnEvent.Reasoning("hm"),
                new TurnEvent.Delta("b"),
                new TurnEvent.Stopped(2, true)))
        .containsEntry("message", "ab");
  }

  @Test
  void aGapIsTheWholeTextUpToThere() throws Exception {
    assertThat(
            read(
                new TurnEvent.Delta("lost"),
                new TurnEvent.Gap("all of it"),
                new TurnEvent.Delta("!"),
                Fixtures.finishedEvent("all of it!")))
        .containsEntry("message", "all of it!");
  }

  @Test
  void aReplyWithoutAnEndIsNone() throws Exception {
    assertThat(read(new TurnEvent.Delta("half")).get("message"))
        .startsWith("Sorry, I encountered an error")
        .doesNotContain("half");
  }

  private Map<String, String> read(TurnEvent... events) throws InterruptedException {
    Queue<TurnEvent> left = new ArrayDeque<>(List.of(events));
    Following following =
        new Following() {
          @Override
          public List<NumberedEvent> next(Duration patience) {
            return List.of(new NumberedEvent(1, left.remove()));
          }

          @Override
          public boolean ended() {
            return left.isEmpty();
          }

          @Override
          public void close() {}
        };
    return new WholeReply(wording).read(following).members();
  }
}
