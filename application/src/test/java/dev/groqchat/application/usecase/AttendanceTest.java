package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.domain.turn.OnDisconnect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who keeps a turn going. */
class AttendanceTest {
  private static final OnDisconnect GRACE = new OnDisconnect.Grace(Duration.ofSeconds(30));

  private final ManualTimer timer = new ManualTimer();
  private int stops;
  private boolean elsewhere;

  @Test
  void aTurnThatNobodyComesBackToStopsAfterItsGrace() {
    Attendance attendance = attended(GRACE);

    attendance.leave();
    assertThat(stops).isZero();
    assertThat(timer.delays).containsExactly(Duration.ofSeconds(30));

    timer.ring();
    assertThat(stops).isOne();
  }

  @Test
  void whoComesBackWithinTheGraceKeepsTheTurnGoing() {
    Attendance attendance = attended(GRACE);

    attendance.leave();
    attendance.attend();
    assertThat(timer.pending).isEmpty();
    timer.ringAllThatEverWas();

    assertThat(stops).isZero();
  }

  @Test
  void whoComesAndLeavesAgainBeginsANewGrace() {
    Attendance attendance = attended(GRACE);
    attendance.leave();
    attendance.attend();
    attendance.leave();

    timer.ever.getFirst().run();
    assertThat(stops).isZero();

    timer.ring();
    assertThat(stops).isOne();
  }

  @Test
  void theLastToLeaveCounts() {
    Attendance attendance = attended(new OnDisconnect.Cancel());
    attendance.attend();

    attendance.leave();
    assertThat(stops).isZero();

    attendance.leave();
    assertThat(stops).isOne();
  }

  @Test
  void aTurnThatContinuesNeedsNobody() {
    Attendance attendance = attended(new OnDisconnect.Continue());

    attendance.leave();

    assertThat(stops).isZero();
    assertThat(timer.delays).isEmpty();
  }

  @Test
  void whoLeavesATurnAtItsEndIsNotWaitedFor() {
    Attendance attendance = attended(GRACE);

    attendance.ending();
    attendance.leave();

    assertThat(timer.delays).isEmpty();
  }

  @Test
  void aGraceIsForgottenWithItsTurn() {
    Attendance attendance = attended(GRACE);
    attendance.leave();

    attendance.ending();

    assertThat(timer.pending).isEmpty();
  }

  @Test
  void followersOnAnotherInstanceKeepTheTurnGoing() {
    Attendance attendance = attended(new OnDisconnect.Cancel());
    elsewhere = true;

    attendance.leave();
    timer.ring();
    assertThat(stops).isZero();

    elsewhere = false;
    timer.ring();
    assertThat(stops).isOne();
  }

  @Test
  void theGraceBeginsWhenTheLastFollowerOnAnotherInstanceIsGone() {
    Attendance attendance = attended(GRACE);
    elsewhere = true;
    attendance.leave();
    assertThat(timer.delays).containsExactly(Duration.ofSeconds(1));

    elsewhere = false;
    timer.ring();
    assertThat(timer.delays).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertThat(stops).isZero();

    timer.ringLast();
    assertThat(stops).isOne();
  }

  @Test
  void whoComesOnAnotherInstanceWithinTheGraceKeepsTheTurnGoing() {
    Attendance attendance = attended(GRACE);
    attendance.leave();
    elsewhere = true;

    timer.ring();

    assertThat(stops).isZero();
    assertThat(timer.delays).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  @Test
  void whoComesBackHereIsNotLookedForElsewhere() {
    Attendance attendance = attended(new OnDisconnect.Cancel());
    elsewhere = true;
    attendance.leave();

    attendance.attend();
    elsewhere = false;
    timer.ringAllThatEverWas();

    assertThat(timer.pending).isEmpty();
    assertThat(stops).isZero();
  }

  /** With one follower. */
  private Attendance attended(OnDisconnect onDisconnect) {
    Attendance attendance = new Attendance(onDisconnect, timer, () -> elsewhere, () -> stops++);
    attendance.attend();
    return attendance;
  }

  private static final class ManualTimer implements Timer {
    final List<Duration> delays = new ArrayList<>();
    final List<Runnable> pending = new ArrayList<>();
    final List<Runnable> ever = new ArrayList<>();

    @Override
    public Runnable after(Duration delay, Runnable work) {
      delays.add(delay);
      pending.add(work);
      ever.add(work);
      return () -> pending.remove(work);
    }

    void ring() {
      List<Runnable> due = List.copyOf(pending);
      pending.clear();
      due.forEach(Runnable::run);
    }

    void ringLast() {
      pending.removeLast().run();
    }

    /** As if every one had been too late to take back. */
    void ringAllThatEverWas() {
      ever.forEach(Runnable::run);
    }
  }
}
