package dev.groqchat.bootstrap.traces;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.bootstrap.Words;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/**
 * Makes a span of each question, all its attempts together; another model that is asked in a
 * model's place is another question. Nothing of a trace is passed on to the provider, which is
 * nobody of ours. Thread-safe.
 */
final class TracedChatModel implements ChatModel {
  private static final String CHAT = "chat";

  private final ChatModel model;
  private final Tracer tracer;
  private final ModelCatalog catalog;
  private final Attributes provider;

  /**
   * Over a model.
   *
   * @param catalog of the models that may be named: a client can ask for any
   * @param provider what is to be said of it on every span
   */
  TracedChatModel(ChatModel model, Tracer tracer, ModelCatalog catalog, Attributes provider) {
    this.model = model;
    this.tracer = tracer;
    this.catalog = catalog;
    this.provider = provider;
  }

  @Override
  public ReplyStream answer(Question question) throws InterruptedException {
    ChatSpan span = begin(question);
    boolean begun = false;
    try {
      ReplyStream reply = model.answer(question);
      span.answeredBy(name(reply.model()));
      begun = true;
      return new Traced(reply, span);
    } catch (RuntimeException | Error e) {
      span.failed(failure(e));
      throw e;
    } finally {
      if (!begun) {
        // Whoever asked has left.
        span.left();
      }
    }
  }

  private ChatSpan begin(Question question) {
    String name = name(question.model());
    return ChatSpan.begin(
        tracer
            .spanBuilder(CHAT + " " + name)
            .setParent(CurrentTrace.get())
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(ChatSpan.OPERATION, CHAT)
            .setAttribute(ChatSpan.REQUEST_MODEL, name)
            .setAllAttributes(provider),
        question);
  }

  private String name(ModelId asked) {
    return Words.of(asked, catalog, Integer.MAX_VALUE);
  }

  private static Failure failure(Throwable e) {
    return e instanceof ChatException known ? known.failure() : new Failure.Internal();
  }

  /** A reply that is watched to its end. */
  private record Traced(ReplyStream reply, ChatSpan span) implements ReplyStream {
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
      try {
        List<Part> parts = reply.next();
        span.took(parts);
        return parts;
      } catch (RuntimeException | Error e) {
        span.failed(failure(e));
        throw e;
      }
    }

    @Override
    public void close() {
      // Before the stream is: its end is our own doing then, and no failure of the model's.
      span.left();
      reply.close();
    }
  }
}
