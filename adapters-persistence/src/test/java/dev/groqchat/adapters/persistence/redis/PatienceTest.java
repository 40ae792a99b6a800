package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration PATIENCE = Duration.ofMillis(150);

  @Test
  void waitsThatTookLongerThanTheyShouldCountAsOneEach() throws Exception {
    Answer answer = new Answer(Patience.WAITS - 1);

    assertThat(Patience.await(answer, PATIENCE)).isEqualTo("here");
    assertThat(answer.waits).hasSize(Patience.WAITS).containsOnly(15_000_000L);
  }

  @Test
  void endsAfterItsWaitsAndTakesTheQuestionBack() {
    Answer answer = new Answer(Patience.WAITS);

    assertThatThrownBy(() -> Patience.await(answer, PATIENCE))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("no answer within PT0.15S");
    assertThat(answer).isCancelled();
  }

  @Test
  void givesWhatTheAnswerFailedWith() {
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new IllegalStateException("full"));

    assertThatThrownBy(() -> Patience.await(failed, PATIENCE))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("full");
  }

  @Test
  void waitsOnWhenInterruptedAndSaysSoAfterwards() throws Exception {
    Thread.currentThread().interrupt();

    assertThat(Patience.await(new Answer(Patience.WAITS - 1), PATIENCE)).isEqualTo("here");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Is there after so many waits, of which nobody knows how long they took. */
  private static final class Answer extends CompletableFuture<String> {
    private final List<Long> waits = new ArrayList<>();
    private final int late;

    Answer(int late) {
      this.late = late;
    }

    @Override
    public String get(long timeout, TimeUnit unit) throws InterruptedException, TimeoutException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      waits.add(unit.toNanos(timeout));
      if (waits.size() > late) {
        return "here";
      }
      throw new TimeoutException();
    }
  }
}
