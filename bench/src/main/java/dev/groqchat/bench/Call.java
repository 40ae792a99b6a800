package dev.groqchat.bench;

import org.jspecify.annotations.Nullable;

/** A question and the checking of its answer, token by token. For the load's thread. */
final class Call {
  private static final int DIGITS = 6;

  private final Pace pace;
  private final long sentAt;
  private int index;
  private int position;
  private int expected;
  private long last;
  private @Nullable String fault;

  /**
   * @param sentAt by {@link System#nanoTime}
   */
  Call(Pace pace, long sentAt) {
    this.pace = pace;
    this.sentAt = sentAt;
    this.expected = pace.from();
  }

  int tokens() {
    return pace.tokens();
  }

  /** What was wrong first, if anything. */
  @Nullable String fault() {
    return fault;
  }

  void fail(String why) {
    if (fault == null) {
      fault = why;
    }
  }

  /** A piece of the answer's text: " 123456 123457", cut anywhere. */
  void text(byte[] array, int start, int end, long now, Recording recording) {
    for (int i = start; i < end && fault == null; i++) {
      if (index == pace.tokens() || array[i] != next()) {
        fail(
            "token %d of %d is wrong: %s"
                .formatted(index, tokens(), Bytes.text(array, start, end)));
        return;
      }
      position++;
      if (position > DIGITS) {
        token(now, recording);
      }
    }
  }

  private byte next() {
    if (position == 0) {
      return ' ';
    }
    int rest = expected;
    for (int i = position; i < DIGITS; i++) {
      rest /= 10;
    }
    return (byte) ('0' + rest % 10);
  }

  private void token(long now, Recording recording) {
    if (index == 0) {
      recording.firstToken(now - sentAt);
    } else {
      recording.laterToken(now - last);
    }
    last = now;
    index++;
    expected++;
    position = 0;
  }

  /** The surface has said that the answer is whole. */
  void ended(long now, Recording recording) {
    if (index != tokens() || position != 0) {
      fail("the answer ended as whole after %d of %d tokens".formatted(index, tokens()));
    }
    if (fault == null) {
      recording.answer(now - sentAt);
    }
  }
}
