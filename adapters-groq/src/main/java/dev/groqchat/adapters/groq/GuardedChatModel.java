package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.List;

/**
 * Leaves a model alone that keeps failing: each call, from the question to the reply's end, counts
 * for the model's {@link Breaker}. Thread-safe.
 */
final class GuardedChatModel implements ChatModel {
  private final ChatModel model;
  private final Breakers breakers;

  GuardedChatModel(ChatModel model, Breakers breakers) {
    this.model = model;
    this.breakers = breakers;
  }

  @Override
  public ReplyStream answer(Question question) throws InterruptedException {
    Breaker.Call call = breakers.of(question.model()).enter();
    boolean begun = false;
    try {
      ReplyStream reply = model.answer(question);
      call.begun();
      begun = true;
      return new Counted(reply, call);
    } catch (ChatException e) {
      settle(call, e);
      throw e;
    } finally {
      if (!begun) {
        // For all that says nothing about the model: an interrupt, or a defect of ours.
        call.left();
      }
    }
  }

  private static void settle(Breaker.Call call, ChatException e) {
    if (isFault(e.failure())) {
      call.failed(e);
    } else {
      call.left();
    }
  }

  /** Whether it is the provider that fails, whatever the request was. */
  private static boolean isFault(Failure failure) {
    return switch (failure) {
      case Failure.ModelUnavailable _, Failure.ModelOverloaded _ -> true;
      case Failure.ModelTimeout _, Failure.ReplyCut _ -> true;
      case Failure.ModelRefused _, Failure.PromptTooLarge _, Failure.ModelBusy _ -> false;
      case Failure.CircuitOpen _, Failure.RateLimited _, Failure.TooBusy _ -> false;
      case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> false;
      case Failure.KeyReused _, Failure.InstanceLost _, Failure.ShuttingDown _ -> false;
      case Failure.QuestionRefused _ -> false;
      case Failure.StoreUnavailable _, Failure.Internal _ -> false;
    };
  }

  /** A reply whose end counts. */
  private static final class Counted implements ReplyStream {
    private final ReplyStream reply;
    private final Breaker.Call call;

    private Counted(ReplyStream reply, Breaker.Call call) {
      this.reply = reply;
      this.call = call;
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
      try {
        List<Part> parts = reply.next();
        if (parts.getLast() instanceof Part.End) {
          call.succeeded();
        }
        return parts;
      } catch (ChatException e) {
        settle(call, e);
        throw e;
      }
    }

    @Override
    public void close() {
      // Before the stream is: its end is our own doing then, and no failure of the model's.
      call.left();
      reply.close();
    }
  }
}
