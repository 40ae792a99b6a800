package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets replies where a reply will do that was made before, or is being made for somebody else of
 * the same owner: what is asked at once is asked once. There are as many in flight as there are
 * turns and relays at most. Thread-safe.
 */
final class Replies {
  private final ReplyCache cache;
  private final ConcurrentMap<String, CompletableFuture<SharedReply>> inFlight =
      new ConcurrentHashMap<>();

  Replies(ReplyCache cache) {
    this.cache = cache;
  }

  /** How many questions are in flight that others may join. */
  int inFlight() {
    return inFlight.size();
  }

  /**
   * A reply to a question; the caller closes it.
   *
   * @param asking asks the model, if nobody has asked it the same
   * @param joining waits while somebody else asks
   * @throws ChatException what asking throws; who has joined fails of the same, if it was the model
   *     that failed
   * @throws InterruptedException if interrupted; who has joined goes on without the caller
   */
  Answer answer(Owner owner, Question question, Asking asking, Joining joining)
      throws InterruptedException {
    String key = Fingerprint.of(owner, question);
    while (true) {
      Optional<ReplyCache.Kept> kept = cache.find(key);
      if (kept.isPresent()) {
        return new Answer(new ReplayedReply(kept.get(), question), Reuse.HIT);
      }
      CompletableFuture<SharedReply> mine = new CompletableFuture<>();
      CompletableFuture<SharedReply> others = inFlight.putIfAbsent(key, mine);
      if (others == null) {
        return new Answer(asked(key, mine, asking), Reuse.MISS);
      }
      ReplyStream joined = joining.await(() -> joined(others));
      if (joined != null) {
        return new Answer(joined, Reuse.JOINED);
      }
    }
  }

  private ReplyStream asked(String key, CompletableFuture<SharedReply> mine, Asking asking)
      throws InterruptedException {
    Runnable over = () -> inFlight.remove(key, mine);
    try {
      SharedReply reply = new SharedReply(asking.ask(), whole -> cache.keep(key, whole), over);
      ReplyStream first = reply.join();
      mine.complete(reply);
      return Objects.requireNonNull(first, "nobody can have left yet");
    } catch (InterruptedException | RuntimeException | Error e) {
      over.run();
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** Null if whoever asked has left, or failed of what is its own: then somebody else has to. */
  private static @Nullable ReplyStream joined(CompletableFuture<SharedReply> others)
      throws InterruptedException {
    try {
      return others.get().join();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ChatException failed && ofTheModel(failed.failure())) {
        throw new ChatException(failed.failure());
      }
      return null;
    }
  }

  /** Whether the model has failed, which it would do whoever asks; not whoever has asked it. */
  private static boolean ofTheModel(Failure failure) {
    return switch (failure) {
      case Failure.ModelUnavailable _, Failure.ModelOverloaded _, Failure.ModelBusy _ -> true;
      case Failure.ModelTimeout _, Failure.ModelRefused _, Failure.CircuitOpen _ -> true;
      case Failure.PromptTooLarge _, Failure.ReplyCut _, Failure.QuestionRefused _ -> true;
      case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> false;
      case Failure.KeyReused _, Failure.RateLimited _, Failure.InstanceLost _ -> false;
      case Failure.TooBusy _, Failure.ShuttingDown _, Failure.StoreUnavailable _ -> false;
      case Failure.Internal _ -> false;
    };
  }

  /**
   * A reply and where it comes from.
   *
   * @param reuse null if a reply that was made before would not have done
   */
  record Answer(ReplyStream reply, @Nullable Reuse reuse) {}

  /** Waits in its own way. */
  @FunctionalInterface
  interface Joining {
    @Nullable ReplyStream await(Stoppable.Wait<@Nullable ReplyStream> wait)
        throws InterruptedException;
  }

  /** Asks the model. */
  @FunctionalInterface
  interface Asking {
    ReplyStream ask() throws InterruptedException;
  }
}
