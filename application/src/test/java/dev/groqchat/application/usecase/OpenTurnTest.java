package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.WordCounter;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import dev.groqchat.domain.turn.TurnOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How a stop reaches an open turn. */
class OpenTurnTest {
  @Test
  void aStopBeforeAWaitEndsIt() {
    OpenTurn turn = opened(1);
    turn.stop();

    assertThatThrownBy(() -> turn.interruptibly(() -> "never"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aStopDuringAWaitInterruptsIt() {
    OpenTurn turn = opened(1);

    assertThatThrownBy(() ->
            turn.interruptibly(() -> {
              turn.stop();
              new CountDownLatch(1).await();
              return "never";
            }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aStopThatAWaitDidNotNoticeInterruptsNothingAfterItButTheNextWait() throws Exception {
    OpenTurn turn = opened(1);

    String came =
        turn.interruptibly(() -> {
          turn.stop();
          return "came";
        });

    assertThat(came).isEqualTo("came");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThatThrownBy(() -> turn.interruptibly(() -> "never"))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aStopAmidAWaitLeavesWhatMustNotBeInterruptedAloneAndThenEndsTheWait() {
    OpenTurn turn = opened(1);
    List<Boolean> interrupted = new ArrayList<>();

    assertThatThrownBy(() ->
            turn.interruptibly(() -> {
              turn.uninterruptibly(() -> {
                turn.stop();
                interrupted.add(Thread.currentThread().isInterrupted());
              });
              new CountDownLatch(1).await();
              return "never";
            }))
        .isInstanceOf(InterruptedException.class);
    assertThat(interrupted).containsExactly(false);
  }

  @Test
  void anInterruptThatCameAmidAWaitIsKeptFromWhatMustNotBeInterrupted() {
    OpenTurn turn = opened(1);
    List<Boolean> interrupted = new ArrayList<>();

    assertThatThrownBy(() ->
            turn.interruptibly(() -> {
              turn.stop();
              turn.uninterruptibly(() -> interrupted.add(Thread.currentThread().isInterrupted()));
              new CountDownLatch(1).await();
              return "never";
            }))
        .isInstanceOf(InterruptedException.class);
    assertThat(interrupted).containsExactly(false);
  }

  @Test
  void aShutdownIsRememberedHoweverOftenItComes() {
    OpenTurn turn = opened(1);
    assertThat(turn.shutDown()).isFalse();

    turn.forbidForShutdown();
    turn.forbidForShutdown();

    assertThat(turn.shutDown()).isTrue();
    assertThat(turn.stopped()).isTrue();
    turn.stop();
    assertThat(turn.shutDown()).isTrue();
  }

  @Test
  void aStopBeforeTheShutdownStaysAStop() {
    OpenTurn turn = opened(1);
    turn.stop();

    turn.forbidForShutdown();

    assertThat(turn.shutDown()).isFalse();
  }

  static OpenTurn opened(int number) {
    CountedMessage question =
        new CountedMessage(Message.user("hi"), new TokenCount(1, WordCounter.EXACT));
    Turn turn =
        Turn.queued(
            new TurnId(new UUID(0, number)),
            World.key(World.ALICE, "c"),
            question,
            new TurnOptions(FakeCatalog.DEFAULT, null, 10, OnDisconnect.DEFAULT),
            Instant.EPOCH,
            null);
    return new OpenTurn(turn, World.ALICE, null, (_, _) -> () -> {}, () -> false);
  }
}
