package dev.groqchat.adapters.web.openai;

import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.domain.failure.Failure;
import java.util.List;

/** What a relay tells, in order: that it has begun, pieces, and one of the two ends. */
sealed interface Told {
  /** The model answers. */
  record Begun(RelayQuestion.Begun by) implements Told {}

  /** All that has come of the reply since. */
  record Pieces(List<String> pieces) implements Told {
    public Pieces {
      pieces = List.copyOf(pieces);
    }
  }

  /** The reply is whole. */
  record Whole() implements Told {}

  /** There is no reply, or no more of it. */
  record Failed(Failure failure) implements Told {}
}
