package dev.groqchat.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What was seen in one stretch of time. Written by the load's thread, read once it is over. */
final class Recording {
  private static final long LONGEST = Duration.ofMinutes(2).toNanos();

  private final Histogram first = new Histogram(LONGEST, 3);
  private final Histogram gaps = new Histogram(LONGEST, 3);
  private final Histogram answers = new Histogram(LONGEST, 3);

  void firstToken(long nanos) {
    first.recordValue(Math.min(nanos, LONGEST));
  }

  void laterToken(long nanos) {
    gaps.recordValue(Math.min(nanos, LONGEST));
  }

  void answer(long nanos) {
    answers.recordValue(Math.min(nanos, LONGEST));
  }

  long tokens() {
    return first.getTotalCount() + gaps.getTotalCount();
  }

  long answers() {
    return answers.getTotalCount();
  }

  /** Milliseconds from the question to the first token. */
  double firstTokenMillis(double percentile) {
    return first.getValueAtPercentile(percentile) / 1e6;
  }

  /** Milliseconds between two tokens of an answer. */
  double gapMillis(double percentile) {
    return gaps.getValueAtPercentile(percentile) / 1e6;
  }
}
