package dev.groqchat.application.usecase;

import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A follower who counts: while one is there, the turn goes on. */
final class AttendedFollowing implements Following {
  private final Attendance attendance;
  private final Following following;
  private final AtomicBoolean left = new AtomicBoolean();

  AttendedFollowing(Attendance attendance, Following following) {
    this.attendance = attendance;
    this.following = following;
    attendance.attend();
  }

  @Override
  public List<NumberedEvent> next(Duration patience) throws InterruptedException {
    return following.next(patience);
  }

  @Override
  public boolean ended() {
    return following.ended();
  }

  @Override
  public void close() {
    following.close();
    if (left.compareAndSet(false, true)) {
      attendance.leave();
    }
  }
}
