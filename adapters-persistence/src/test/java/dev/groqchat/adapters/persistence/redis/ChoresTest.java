package dev.groqchat.adapters.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChoresTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Chores chores = new Chores("test");
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void close() {
    chores.close();
  }

  private void awaitDone(int times) {
    JournalInstance.await(() -> done.get() >= times);
  }

  @Test
  void isDoneAsEarlyAsAnybodyWishes() {
    Chores.Chore chore = chores.chore(done::incrementAndGet);

    chore.within(NEVER);
    chore.within(Duration.ZERO);
    awaitDone(1);
    chore.within(NEVER);
    chore.within(Duration.ofMillis(1));
    chore.within(NEVER);
    awaitDone(2);

    assertThat(done).hasValue(2);
  }

  @Test
  void isNeverDoneTwiceAtOnceButOnceMoreIfItIsWished() {
    Gate gate = new Gate();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Chores.Chore chore =
        chores.chore(() -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          gate.pass();
          atOnce.decrementAndGet();
          done.incrementAndGet();
        });
    chore.within(Duration.ZERO);
    gate.awaitReached();

    for (int n = 0; n < 100; n++) {
      chore.within(Duration.ZERO);
    }
    gate.open();
    awaitDone(2);

    assertThat(done).hasValue(2);
    assertThat(most).hasValue(1);
  }

  @Test
  void whatIsCancelledIsNotDone() throws Exception {
    Chores.Chore chore = chores.chore(done::incrementAndGet);
    chore.within(Duration.ofMillis(1));
    chore.cancel();
    chore.within(Duration.ZERO);
    CountDownLatch later = new CountDownLatch(1);
    chores.chore(later::countDown).within(Duration.ofMillis(5));

    assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(done.get()).isLessThanOrEqualTo(0);
  }

  @Test
  void oneThatBreaksBreaksNoOther() {
    Chores.Chore broken =
        chores.chore(() -> {
          done.incrementAndGet();
          throw new IllegalStateException("on purpose");
        });
    for (int n = 1; n <= 9; n++) {
      broken.within(Duration.ZERO);
      awaitDone(n);
    }
    chores.chore(done::incrementAndGet).within(Duration.ZERO);
    awaitDone(10);
  }

  @Test
  void afterClosingNothingIsDone() {
    Chores.Chore waiting = chores.chore(done::incrementAndGet);
    waiting.within(NEVER);

    chores.close();
    waiting.within(Duration.ZERO);
    chores.chore(done::incrementAndGet).within(Duration.ZERO);

    assertThat(done).hasValue(0);
  }
}
