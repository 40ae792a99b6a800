package dev.groqchat.adapters.web.openai;

import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.domain.model.ModelId;
import org.jspecify.annotations.Nullable;

/**
 * What of a question in OpenAI's form concerns us. All else is between the client and the provider,
 * which also says what is wrong with it.
 *
 * @param model null for the default one
 * @param stream whether the reply is wanted piece by piece
 * @param maxTokens the most the reply may have; null if that is not said, or no such number
 * @param varied whether two replies to this may differ
 * @param words the whole question
 * @param readable the beginning of what of it the model reads as text, or as much as that
 * @param readableLength how long that is as a whole, in chars
 */
record Asked(
    @Nullable ModelId model,
    boolean stream,
    @Nullable Integer maxTokens,
    boolean varied,
    String words,
    String readable,
    long readableLength) {

  /**
   * The question to pass on.
   *
   * @param reuse whether a reply may be used at all that was made before
   */
  Verbatim verbatim(boolean reuse) {
    return new Verbatim(
        model, words, readable, readableLength, maxTokens, stream, reuse && !varied);
  }
}
