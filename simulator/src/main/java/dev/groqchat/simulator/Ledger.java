package dev.groqchat.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What has been seen, bounded by number and by bytes, and how much is going on. Thread-safe. */
final class Ledger {
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<SeenRequest> requests = new ArrayDeque<>();
  private final int most;
  private long bytes;
  private long received;
  private int running;
  private int streams;
  private int mostStreams;
  private final Map<Integer, Long> answered = new HashMap<>();

  Ledger(int most) {
    this.most = most;
  }

  void began(SeenRequest request) {
    change(() -> {
      requests.addLast(request);
      bytes += request.size();
      while (requests.size() > most || (bytes > MAX_BYTES && requests.size() > 1))
        bytes -= requests.removeFirst().size();
      received++;
      running++;
    });
  }

  void ended(SeenRequest request, Outcome outcome) {
    change(() -> {
      running--;
      answered.merge(outcome.status(), 1L, Long::sum);
      request.end(outcome);
    });
  }

  void streamOpened() {
    change(() -> mostStreams = Math.max(mostStreams, ++streams));
  }

  void streamClosed() {
    change(() -> streams--);
  }

  List<SeenRequest> requests() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  int streams() {
    lock.lock();
    try {
      return streams;
    } finally {
      lock.unlock();
    }
  }

  long answered(int status) {
    lock.lock();
    try {
      return answered.getOrDefault(status, 0L);
    } finally {
      lock.unlock();
    }
  }

  int mostStreams() {
    lock.lock();
    try {
      return mostStreams;
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    change(() -> {
      requests.clear();
      bytes = 0;
      answered.clear();
      received = 0;
      mostStreams = streams;
    });
  }

  void awaitIdle(Duration atMost) throws InterruptedException {
    await(() -> running == 0, atMost, "still answering");
  }

  void awaitRequests(long number, Duration atMost) throws InterruptedException {
    await(() -> received >= number, atMost, "fewer than " + number + " requests");
  }

  void awaitStreams(int number, Duration atMost) throws InterruptedException {
    await(() -> streams == number, atMost, "not " + number + " open streams");
  }

  private void await(BooleanSupplier condition, Duration atMost, String otherwise)
      throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0)
          throw new IllegalStateException(
              otherwise
                  + " after "
                  + atMost
                  + ": "
                  + received
                  + " requests, "
                  + running
                  + " being answered, "
                  + streams
                  + " streams");
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
