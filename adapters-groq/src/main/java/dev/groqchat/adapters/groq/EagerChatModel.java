package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a reply only once its first parts are there: what fails before them, fails in {@link
 * #answer}, where the question can still be asked again, or another model instead. Thread-safe.
 */
final class EagerChatModel implements ChatModel {
  private final ChatModel model;

  EagerChatModel(ChatModel model) {
    this.model = model;
  }

  @Override
  public ReplyStream answer(Question question) throws InterruptedException {
    ReplyStream reply = model.answer(question);
    boolean begun = false;
    try {
      Begun first = new Begun(reply, reply.next());
      begun = true;
      return first;
    } finally {
      if (!begun) {
        reply.close();
      }
    }
  }

  /** A reply whose first parts are there already. */
  private static final class Begun implements ReplyStream {
    private final ReplyStream reply;
    private @Nullable List<Part> first;

    private Begun(ReplyStream reply, List<Part> first) {
      this.reply = reply;
      this.first = first;
    }

    @Override
    public ModelId model() {
      return reply.model();
    }

    @Override
    public ProviderLimits limits() {
      return reply.limits();
    }

    @Override
    public List<Part> next() throws InterruptedException {
      if (first == null) {
        return reply.next();
      }
      if (Thread.interrupted()) {
        reply.close();
        throw new InterruptedException("interrupted before the reply was read");
      }
      List<Part> parts = first;
      first = null;
      return parts;
    }

    @Override
    public void close() {
      reply.close();
    }
  }
}
