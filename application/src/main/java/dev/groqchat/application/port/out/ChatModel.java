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
   *     {@link Failure.ModelTimeout}, {@link Failure.PromptTooLarge}, {@link Failure.ReplyCut}
   * @throws InterruptedException if interrupted; nothing is left open then
   */
  ReplyStream answer(Question question) throws InterruptedException;

  /**
   * What is asked.
   *
   * @param messages oldest first; the last is the user's
   * @param temperature null leaves it to the provider
   * @param maxTokens the most the reply may have
   * @param requestId under which both sides' logs have it
   */
  record Question(
      ModelId model,
      List<Message> messages,
      @Nullable Double temperature,
      int maxTokens,
      String requestId) {
    public Question {
      messages = List.copyOf(messages);
    }
  }
}
