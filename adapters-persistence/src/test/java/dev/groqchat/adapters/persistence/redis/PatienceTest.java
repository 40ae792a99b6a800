package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final Patience patience = new Patience();

  @Test
  void waitsThatTookLongerThanTheyShouldCountAsOneEach() throws Exception {
    Answer answer = new Answer(Patience.WAITS - 1);

    assertThat(patience.await(answer, SILENCE)).isEqualTo("here");
    assertThat(answer.waits).hasSize(Patience.WAITS).containsOnly(15_000_000L);
  }

  @Test
  void endsAfterItsWaitsAndTakesTheQuestionBack() {
    Answer answer = new Answer(Patience.WAITS);

    assertThatThrownBy(() -> patience.await(answer, SILENCE))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("no answer, and 10 waits of silence");
    assertThat(answer).isCancelled();
  }

  @Test
  void waitsOnWhileOthersAreAnswered() throws Exception {
    Answer answer = new Answer(3 * Patience.WAITS);
    answer.meanwhile =
        wait -> {
          if (wait % Patience.WAITS == 0) {
            answered();
          }
        };

    assertThat(patience.await(answer, SILENCE)).isEqualTo("here");
  }

  @Test
  void anErrorThatOthersGetIsAnAnswer() throws Exception {
    Answer answer = new Answer(Patience.WAITS + 1);
    answer.meanwhile = wait -> failed(wait, new RedisCommandExecutionException("full"));

    assertThat(patience.await(answer, SILENCE)).isEqualTo("here");
  }

  @Test
  void aConnectionThatBreaksUnderOthersIsNone() {
    Answer answer = new Answer(Patience.WAITS + 1);
    answer.meanwhile = wait -> failed(wait, new RedisException("closed"));

    assertThatThrownBy(() -> patience.await(answer, SILENCE)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void givesUpInTheEndThoughOthersAreAnswered() {
    Answer answer = new Answer(Patience.MOST_WAITS);
    answer.meanwhile = _ -> answered();

    assertThatThrownBy(() -> patience.await(answer, SILENCE)).isInstanceOf(TimeoutException.class);
    assertThat(answer.waits).hasSize(Patience.MOST_WAITS);
  }

  private void answered() {
    try {
      assertThat(patience.await(CompletableFuture.completedFuture("other"), SILENCE))
          .isEqualTo("other");
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Once: in the midst of the silence. */
  private void failed(int wait, Exception with) {
    if (wait == Patience.WAITS - 1) {
      assertThatThrownBy(() -> patience.await(CompletableFuture.failedFuture(with), SILENCE))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void givesWhatTheAnswerFailedWith() {
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new IllegalStateException("full"));

    assertThatThrownBy(() -> patience.await(failed, SILENCE))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("full");
  }

  @Test
  void waitsOnWhenInterruptedAndSaysSoAfterwards() throws Exception {
    Thread.currentThread().interrupt();

    assertThat(patience.await(new Answer(Patience.WAITS - 1), SILENCE)).isEqualTo("here");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Is there after so many waits, of which nobody knows how long they took. */
  private static final class Answer extends CompletableFuture<String> {
    private final List<Long> waits = new ArrayList<>();
    private final int late;
    private IntConsumer meanwhile = _ -> {};

    Answer(int late) {
      this.late = late;
    }

    @Override
    public String get(long timeout, TimeUnit unit) throws InterruptedException, TimeoutException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      waits.add(unit.toNanos(timeout));
      meanwhile.accept(waits.size());
      if (waits.size() > late) {
        return "here";
      }
      throw new TimeoutException();
    }
  }
}
