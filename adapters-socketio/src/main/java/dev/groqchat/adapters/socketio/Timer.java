package dev.groqchat.adapters.socketio;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The library's clock: one thread that only tells the time, and a virtual thread for whatever is
 * due then. What is due takes a connection's lock, and must not hold up the other connections.
 */
final class Timer extends ScheduledThreadPoolExecutor {
  Timer() {
    super(1, Thread.ofPlatform().daemon().name("socketio-timer").factory(), new DiscardPolicy());
    // Otherwise what is cancelled, and the connection with it, is kept until it would be due.
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return super.schedule(
        () -> Thread.ofVirtual().name("socketio-due").start(command), delay, unit);
  }
}
