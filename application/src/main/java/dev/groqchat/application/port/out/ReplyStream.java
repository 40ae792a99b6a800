package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply being read. Nothing more leaves the model than is asked for. For one thread, except
 * {@link #close()}.
 */
public interface ReplyStream extends AutoCloseable {
  /** The model that answers, which need not be the one that was asked for. */
  ModelId model();

  /** What the provider said of its limits when it began to answer. */
  ProviderLimits limits();

  /**
   * Blocks until something has come, then gives all that has. The last part of a reply is its
   * {@link Part.End}; not to be called again after that.
   *
   * @return never empty
   * @throws ChatException {@link Failure.ReplyCut} if the stream ends without an end, {@link
   *     Failure.ModelTimeout}, {@link Failure.ModelUnavailable}; also {@link Failure.ModelBusy},
   *     {@link Failure.ModelOverloaded}, {@link Failure.ModelRefused} or {@link
   *     Failure.QuestionRefused}, where the provider says so in the middle
   * @throws InterruptedException if interrupted
   */
  List<Part> next() throws InterruptedException;

  /** Frees the connection at once, without reading the rest. Idempotent, from any thread. */
  @Override
  void close();

  /** A piece of a reply. */
  sealed interface Part {
    /** Of what the model thinks; not empty. */
    record Reasoning(String text) implements Part {}

    /** Of the answer; not empty. */
    record Text(String text) implements Part {}

    /**
     * A piece in the provider's own words, of a reply to a {@link ChatModel.Question.Verbatim}:
     * whole, and on one line unless it is the only one; not empty.
     */
    record Verbatim(String words) implements Part {}

    /**
     * The reply is whole.
     *
     * @param usage null if the provider did not say
     */
    record End(FinishReason reason, @Nullable Usage usage) implements Part {}
  }
}
