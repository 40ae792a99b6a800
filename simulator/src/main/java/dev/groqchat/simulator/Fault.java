package dev.groqchat.simulator;

import java.time.Duration;
import java.util.Optional;

/** How an answer goes wrong. An answer has one fault at most. */
public sealed interface Fault {
  /**
   * An error instead of an answer; {@code kind} is a status, or one of its forms as in {@code
   * 403-html}; the README lists them.
   */
  record Refusal(String kind, Optional<Duration> retryAfter) implements Fault {
    public Refusal {
      if (!ErrorKinds.names().contains(kind))
        throw new BadScript(
            "error", "'" + kind + "' is not one of " + String.join(", ", ErrorKinds.names()));
    }
  }

  /** The connection ends without a byte of an answer. */
  record BeforeHead(Break how) implements Fault {}

  /**
   * The answer ends after so many tokens, reasoning included. One that is not streamed has no
   * tokens on the wire: it ends after its head.
   */
  record AfterTokens(int tokens, Break how) implements Fault {
    public AfterTokens {
      if (tokens < 0) throw new IllegalArgumentException("tokens is negative");
    }
  }

  /**
   * The connection ends after so many bytes of the body, chunk framing not counted; not at all if
   * it has fewer.
   */
  record AtByte(long bytes, Break how) implements Fault {
    public AtByte {
      if (bytes < 0) throw new IllegalArgumentException("bytes is negative");
    }
  }

  /** What ends it. */
  enum Break {
    /** FIN, in the middle of a chunk or message. */
    CUT,
    /** RST. */
    RESET,
    /**
     * A well-formed end of the response, without {@code finish_reason}, usage or {@code [DONE]}.
     */
    END,
    /** {@code event: error} and then the end, as recorded. */
    ERROR_EVENT,
    /** OpenRouter's chunk with an {@code error} in it, and then {@code [DONE]}. */
    OPENROUTER_ERROR
  }
}
