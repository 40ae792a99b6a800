package dev.groqchat.bench;

/** An answer that the upstream is giving, a token at a time. For the upstream's thread. */
final class PacedReply {
  private static final long SECOND = 1_000_000_000;

  private final UpstreamConnection connection;
  private final Pace pace;
  private final Frames frames;
  private final boolean withUsage;
  private final long start = System.nanoTime();
  private int said;

  PacedReply(UpstreamConnection connection, Pace pace, Frames frames, boolean withUsage) {
    this.connection = connection;
    this.pace = pace;
    this.frames = frames;
    this.withUsage = withUsage;
  }

  /** When the next token is: the first at once. By {@link System#nanoTime}. */
  long dueAt() {
    return pace.rate() == 0 ? start : start + said * SECOND / pace.rate();
  }

  /** Says the next token, and what belongs before or after it. Returns whether there are more. */
  boolean goOn() {
    if (connection.gone()) {
      return false;
    }
    if (said == 0) {
      connection.write(Frames.begin());
    }
    boolean sound = pace.fault() == Pace.Fault.NONE || said != pace.at();
    if (!(sound ? sayToken() : sayFault())) {
      return false;
    }
    said++;
    if (said < pace.tokens()) {
      return true;
    }
    connection.write(Frames.end(pace.tokens(), withUsage));
    return false;
  }

  private boolean sayToken() {
    connection.write(frames.token(pace.from() + said));
    return true;
  }

  private boolean sayFault() {
    switch (pace.fault()) {
      case WRONG -> connection.write(frames.token(pace.from() + said + 1));
      case TWICE -> {
        sayToken();
        sayToken();
      }
      case CUT -> connection.close();
      case SHORT -> connection.write(Frames.end(said, withUsage));
      case ERROR -> connection.write(Frames.failure());
      case MISSING, NONE -> {
        // Nothing is said.
      }
    }
    return switch (pace.fault()) {
      case NONE, WRONG, MISSING, TWICE -> true;
      case SHORT, CUT, ERROR -> false;
    };
  }
}
