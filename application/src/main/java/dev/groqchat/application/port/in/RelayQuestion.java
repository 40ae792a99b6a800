package dev.groqchat.application.port.in;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.Reuse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a question in the asker's own words, and its reply in the model's. Nothing of either is
 * stored; limits, queue, budget, retries, fallbacks and the cache of replies are those of turns.
 */
public interface RelayQuestion {
  /**
   * Takes the question from the caller's limit and makes a place for it. Does not wait for the
   * model.
   *
   * @return to be closed by the caller
   * @throws ChatException {@link Failure.InvalidRequest}, {@link Failure.RateLimited}, {@link
   *     Failure.TooBusy}, {@link Failure.ShuttingDown}
   */
  Relay relay(Caller caller, Verbatim question);

  /**
   * A question as it was asked.
   *
   * @param model that is meant; null for the default one
   * @param words the whole question, in a form that the model's provider reads
   * @param readable what of it the model reads as text, to estimate its size by; of a long text the
   *     beginning will do
   * @param readableLength how long that text is as a whole, in chars
   * @param maxTokens the most the reply may have; null if the question does not say
   * @param inPieces whether the reply is wanted piece by piece, as it comes
   * @param reusable whether a reply will do that was made before, for the same owner and the same
   *     question
   */
  record Verbatim(
      @Nullable ModelId model,
      String words,
      String readable,
      long readableLength,
      @Nullable Integer maxTokens,
      boolean inPieces,
      boolean reusable) {

    /** A question whose text is given as a whole. */
    public Verbatim(
        @Nullable ModelId model,
        String words,
        String readable,
        @Nullable Integer maxTokens,
        boolean inPieces,
        boolean reusable) {
      this(model, words, readable, readable.length(), maxTokens, inPieces, reusable);
    }
  }

  /**
   * A question on its way, and its reply. For one thread, except {@link #close()}.
   *
   * <p>{@link #begin} and {@link #next} throw {@link ChatException}: what fails before the reply
   * has begun may be any failure of a model, {@link Failure.QuestionRefused} among them; a reply
   * that ends before it is whole is {@link Failure.ReplyCut}.
   */
  interface Relay extends AutoCloseable {
    /** What the caller has left of its limit. */
    Allowance allowance();

    /**
     * Waits to be let in, asks, asks other models where the one that is meant does not answer, and
     * blocks until a reply has begun. To be called once, before {@link #next}.
     *
     * @throws InterruptedException if interrupted, or closed; the model is left then
     */
    Begun begin() throws InterruptedException;

    /**
     * Blocks until more of the reply has come, then gives all that has: pieces in the form of the
     * model's provider, each of them whole and on one line; the only one of a reply that is not
     * wanted in pieces may have several lines.
     *
     * @return empty once the reply is whole
     * @throws InterruptedException if interrupted, or closed; the model is left then
     */
    List<String> next() throws InterruptedException;

    /** Leaves: a model that still answers is left at once. Idempotent, from any thread. */
    @Override
    void close();
  }

  /**
   * A reply that has begun.
   *
   * @param model that answers, which need not be the one that was meant
   * @param reuse where the reply comes from; null if one that was made before would not have done
   */
  record Begun(ModelId model, @Nullable Reuse reuse) {}
}
