package dev.groqchat.simulator;

/**
 * How an answer ended.
 *
 * @param status the status sent, 0 if none was
 * @param tokens tokens written to the socket, reasoning included
 */
public record Outcome(End end, int status, int tokens) {
  /** Who ended it. */
  public enum End {
    /** It was sent to its end; an error is an answer too. */
    COMPLETED("completed"),
    /** The client closed or reset the connection. */
    CLIENT_CLOSED("client closed the connection"),
    /** The script cut, reset or broke it off. */
    CUT_BY_SCRIPT("cut by script"),
    /** A script function threw, or the simulator has a bug; the connection was closed. */
    FAILED("failed"),
    /** The simulator was closed. */
    SIMULATOR_CLOSED("simulator closed");

    private final String words;

    End(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return end == End.COMPLETED ? end.words : end.words + " after " + tokens + " tokens";
  }
}
