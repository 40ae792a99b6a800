package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.time.Duration;

/** What somebody wants to know of a model, by a turn or by a relay. For one thread. */
interface Inquiry {
  Caller caller();

  /** As which it waits to be let in; no other has the same. */
  String id();

  /** The model that is meant. */
  ModelId model();

  /** Whether a reply will do that was made before. */
  boolean reusable();

  /** Whether it waits on where the provider refuses because of its limits, rather than fail. */
  boolean persistent();

  /**
   * How it is put to a model.
   *
   * @param room the most tokens that the prompt and the reply may have together, even if the model
   *     holds more
   * @throws ChatException {@link Failure.PromptTooLarge} if that cannot be; {@link
   *     Failure.NotFound} if what it is about is gone
   */
  Wording wording(ModelId model, long room);

  /**
   * It waits; may block.
   *
   * @param position 1 for the next to go
   */
  void queued(int position, Duration eta);

  /**
   * An inquiry as it is put to one model.
   *
   * @param cost tokens of the prompt, and the most that the reply may have
   * @param asked to be run before the model is asked, or somebody else's reply taken; may block
   */
  record Wording(Question question, long cost, Runnable asked) {}
}
