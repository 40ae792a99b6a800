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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks one model, as soon as whoever asks is let in. */
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
   * the provider's limits and is persistent waits again, as the first of its client; so does who is
   * asked for again with less, since it never fitted.
   *
   * @return to be closed: that lets the next one in
   * @throws NeverFits if the provider has never room for so much
   * @throws ChatException what {@link ChatModel#answer} and {@link ReplyStream#next} throw; {@link
   *     Failure.ModelBusy} to who is persistent only if it is for longer than anybody waits; {@link
   *     Failure.TooBusy}
   */
  ReplyStream open(Run run, Inquiry.Wording wording) throws InterruptedException {
    while (true) {
      Permit permit = admitted(run, wording);
      try {
        return opened(run, wording, permit);
      } catch (ChatException e) {
        if (!(e.failure() instanceof Failure.ModelBusy) || !run.inquiry().persistent()) {
          throw e;
        }
        run.wasServed(wording.question().model());
      }
    }
  }

  private Permit admitted(Run run, Inquiry.Wording wording) throws InterruptedException {
    ModelId model = wording.question().model();
    Inquiry inquiry = run.inquiry();
    Wish wish =
        new Wish(
            inquiry.caller().client(),
            model,
            inquiry.id(),
            wording.cost(),
            run.patience(patience),
            run.servedBefore(model));
    Instant from = clock.instant();
    try (Place place = queue.enter(wish)) {
      return awaited(run, model, () -> place.await(run::queued));
    } finally {
      run.waited(Duration.between(from, clock.instant()));
    }
  }

  private static Permit awaited(Run run, ModelId model, Stoppable.Wait<Permit> wait)
      throws InterruptedException {
    try {
      return run.queueing(wait);
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
  @Nullable ReplyStream joining(Run run, Stoppable.Wait<@Nullable ReplyStream> wait)
      throws InterruptedException {
    Instant from = clock.instant();
    ReplyStream joined = run.queueing(wait);
    if (joined == null) {
      run.waited(Duration.between(from, clock.instant()));
    }
    return joined;
  }

  /** What is not opened is closed, and the permit given back. */
  private ReplyStream opened(Run run, Inquiry.Wording wording, Permit permit)
      throws InterruptedException {
    try {
      wording.asked().run();
      Stoppable.Wait<ReplyStream> answer =
          () -> {
            permit.use();
            return models.answer(wording.question());
          };
      return begun(run, run.asking(answer), permit);
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
      List<ReplyStream.Part> first = run.asking(reply::next);
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
}
