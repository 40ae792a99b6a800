package dev.groqchat.application.port.out;

import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that answers. Thread-safe. */
public interface ChatModel {
  /**
   * Asks, and blocks until the model has accepted the question, or begun to answer it: what fails
   * here may be asked again, or of another model. The caller closes what it gets.
   *
   * @throws ChatException one of {@link Failure.ModelRefused}, {@link Failure.ModelUnavailable},
   *     {@link Failure.ModelBusy}, {@link Failure.ModelOverloaded}, {@link Failure.CircuitOpen},
   *     {@link Failure.ModelTimeout}, {@link Failure.PromptTooLarge}, {@link Failure.ReplyCut},
   *     {@link Failure.QuestionRefused}
   * @throws InterruptedException if interrupted; nothing is left open then
   */
  ReplyStream answer(Question question) throws InterruptedException;

  /** What is asked: of a model, under an id that both sides' logs have. */
  sealed interface Question {
    ModelId model();

    /** The most the reply may have. */
    int maxTokens();

    String requestId();

    /**
     * Put together from a conversation. Its reply comes as {@link ReplyStream.Part.Text} and {@link
     * ReplyStream.Part.Reasoning}.
     *
     * @param messages oldest first; the last is the user's
     * @param temperature null leaves it to the provider
     */
    record Composed(
        ModelId model,
        List<Message> messages,
        @Nullable Double temperature,
        int maxTokens,
        String requestId)
        implements Question {
      public Composed {
        messages = List.copyOf(messages);
      }
    }

    /**
     * In the asker's own words, and so is its reply: {@link ReplyStream.Part.Verbatim}. What the
     * provider has against the words fails as {@link Failure.QuestionRefused}.
     *
     * @param model to ask, whatever the words say
     * @param words the whole question, in a form that the provider reads
     * @param promptTokens how many tokens the prompt has, as far as that can be told
     * @param inPieces whether the reply is wanted as it comes; otherwise it is one piece
     */
    record Verbatim(
        ModelId model,
        String words,
        long promptTokens,
        int maxTokens,
        boolean inPieces,
        String requestId)
        implements Question {}
  }
}
