package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.usecase.admission.FairQueue;
import dev.groqchat.application.usecase.admission.NeverFits;
import dev.groqchat.application.usecase.admission.Permit;
import dev.groqchat.application.usecase.admission.Place;
import dev.groqchat.application.usecase.admission.Wish;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks one model for a turn, as soon as the turn is let in. */
final class ModelAsker {
  private final ChatModel models;
  private final Telemetry telemetry;
  private final FairQueue queue;
  private final Duration patience;
  private final InstantSource clock;

  ModelAsker(Ports ports, FairQueue queue, Duration patience, InstantSource clock) {
    this.models = ports.model();
    this.telemetry = ports.telemetry();
    this.queue = queue;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Waits to be let in, asks, and waits for the first parts of the reply. Who is refused because of
   * the provider's limits waits again, as the first of its client; so does who is asked for again
   * with less, since it never fitted.
   *
   * @return to be closed: that lets the next one in
   * @throws NeverFits if the provider has never room for so much
   * @throws ChatException what {@link ChatModel#answer} and {@link ReplyStream#next} throw; {@link
   *     Failure.ModelBusy} only if it is for longer than anybody waits; {@link Failure.TooBusy}
   */
  ReplyStream open(Run run, Contexts.Context context, ModelId model) throws InterruptedException {
    while (true) {
      Permit permit = admitted(run, context, model);
      try {
        return opened(run, context, model, permit);
      } catch (ChatException e) {
        if (!(e.failure() instanceof Failure.ModelBusy)) {
          throw e;
        }
        run.wasServed(model);
      }
    }
  }

  private Permit admitted(Run run, Contexts.Context context, ModelId model)
      throws InterruptedException {
    Turn turn = run.turn();
    Wish wish =
        new Wish(
            run.open().caller().client(),
            model,
            turn.id().toString(),
            context.cost() + turn.options().maxTokens(),
            run.patience(patience),
            run.servedBefore(model));
    Place.Teller teller =
        (position, eta) -> run.open().uninterruptibly(() -> run.writer().queued(position, eta));
    Instant from = clock.instant();
    try (Place place = queue.enter(wish)) {
      return awaited(run, model, () -> place.await(teller));
    } finally {
      run.waited(Duration.between(from, clock.instant()));
    }
  }

  private static Permit awaited(Run run, ModelId model, OpenTurn.Wait<Permit> wait)
      throws InterruptedException {
    try {
      return run.stopwatch().queueing(run.open(), wait);
    } catch (NeverFits e) {
      run.wasServed(model);
      throw e;
    }
  }

  /**
   * Waits while somebody else asks the same; time that counts only for who has to ask after all.
   *
   * @return null for that
   */
  @Nullable ReplyStream joining(Run run, OpenTurn.Wait<@Nullable ReplyStream> wait)
      throws InterruptedException {
    Instant from = clock.instant();
    ReplyStream joined = run.stopwatch().queueing(run.open(), wait);
    if (joined == null) {
      run.waited(Duration.between(from, clock.instant()));
    }
    return joined;
  }

  /** What is not opened is closed, and the permit given back. */
  private ReplyStream opened(Run run, Contexts.Context context, ModelId model, Permit permit)
      throws InterruptedException {
    try {
      run.writer().asked(context);
      ChatModel.Question question = question(run, context, model);
      OpenTurn.Wait<ReplyStream> answer =
          () -> {
            permit.use();
            return models.answer(question);
          };
      return begun(run, run.stopwatch().asking(run.open(), answer), permit);
    } catch (ChatException e) {
      settle(permit, e.failure());
      throw e;
    } catch (InterruptedException e) {
      permit.lost();
      permit.close();
      throw e;
    } catch (RuntimeException | Error e) {
      permit.close();
      throw e;
    }
  }

  private ReplyStream begun(Run run, ReplyStream reply, Permit permit) throws InterruptedException {
    boolean begun = false;
    try {
      permit.answered(reply.limits());
      telemetry.note(new Telemetry.Fact.Told(reply.model(), reply.limits()));
      List<ReplyStream.Part> first = run.stopwatch().asking(run.open(), reply::next);
      begun = true;
      return new AdmittedReply(reply, first, permit);
    } finally {
      if (!begun) {
        reply.close();
      }
    }
  }

  /** Gives back what the provider has not counted. */
  private static void settle(Permit permit, Failure failure) {
    if (failure instanceof Failure.ModelBusy(Duration retryAfter)) {
      permit.refused(retryAfter);
    } else if (failure instanceof Failure.ModelTimeout || failure instanceof Failure.ReplyCut) {
      permit.lost();
    }
    permit.close();
  }

  static ChatModel.Question question(Run run, Contexts.Context context, ModelId model) {
    TurnOptions options = run.turn().options();
    return new ChatModel.Question(
        model,
        context.plain(),
        options.temperature(),
        options.maxTokens(),
        run.open().caller().requestId());
  }
}
