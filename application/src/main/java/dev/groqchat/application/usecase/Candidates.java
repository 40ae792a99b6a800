package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.usecase.admission.NeverFits;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Reuse;
import java.util.List;
import java.util.Objects;

/** Asks the model that is meant and, if it does not answer, others in its place. */
final class Candidates {
  private final ModelAsker asker;
  private final Replies replies;
  private final Telemetry telemetry;
  private final List<ModelId> fallbacks;

  Candidates(Ports ports, TurnSettings settings, ModelAsker asker) {
    this.asker = asker;
    this.replies = new Replies(ports.replies());
    this.telemetry = ports.telemetry();
    this.fallbacks = settings.fallbacks();
  }

  /**
   * The reply of the first that answers, with its first parts here; to be closed.
   *
   * @throws ChatException if none answers: why the one that was meant did not
   */
  Replies.Answer open(Run run) throws InterruptedException {
    ModelId meant = run.inquiry().model();
    ModelId asked = meant;
    try {
      return fitting(run, meant);
    } catch (ChatException failure) {
      requireAnother(failure, true);
      ChatException last = failure;
      for (ModelId other : others(meant)) {
        telemetry.note(new Telemetry.Fact.FellBack(asked, other, last.failure()));
        asked = other;
        try {
          return fitting(run, other);
        } catch (ChatException e) {
          requireAnother(e, false);
          last = e;
        }
      }
      throw failure;
    }
  }

  private List<ModelId> others(ModelId meant) {
    return fallbacks.stream().filter(it -> !it.equals(meant)).distinct().toList();
  }

  private static void requireAnother(ChatException e, boolean meant) {
    if (!mayHelp(e.failure(), meant)) {
      throw e;
    }
  }

  /** Whether another model may do better; one that was not meant cannot spoil that for the next. */
  private static boolean mayHelp(Failure failure, boolean meant) {
    return switch (failure) {
      case Failure.ModelUnavailable _, Failure.ModelOverloaded _, Failure.CircuitOpen _ -> true;
      case Failure.ModelBusy _, Failure.ReplyCut _ -> true;
      case Failure.ModelTimeout(var waitingFor, var _) ->
          waitingFor != Failure.ModelTimeout.Waiting.WHOLE_REPLY;
      // The wait for one that was not meant hides nothing of what became of the one that was.
      case Failure.ModelRefused _, Failure.PromptTooLarge _, Failure.TooBusy _ -> !meant;
      case Failure.QuestionRefused _ -> !meant;
      case Failure.InvalidRequest _, Failure.NotFound _, Failure.AlreadyExists _ -> false;
      case Failure.KeyReused _, Failure.RateLimited _, Failure.InstanceLost _ -> false;
      case Failure.ShuttingDown _, Failure.StoreUnavailable _ -> false;
      case Failure.Internal _ -> false;
    };
  }

  /** Asks a model in such words as it, and its provider, have room for. */
  private Replies.Answer fitting(Run run, ModelId model) throws InterruptedException {
    long room = Long.MAX_VALUE;
    while (true) {
      Inquiry.Wording wording = run.inquiry().wording(model, room);
      try {
        return answer(run, wording);
      } catch (NeverFits e) {
        // Less with each time: what cannot be said in less has no wording then.
        room = Math.min(room - 1, e.limit());
      }
    }
  }

  /** Asks, unless the same was asked before or is being asked, and that will do. */
  private Replies.Answer answer(Run run, Inquiry.Wording wording) throws InterruptedException {
    Replies.Asking asking = () -> asker.open(run, wording);
    Inquiry inquiry = run.inquiry();
    if (!inquiry.reusable()) {
      return new Replies.Answer(asking.ask(), null);
    }
    return noted(
        wording,
        replies.answer(
            inquiry.caller().owner(),
            wording.question(),
            asking,
            wait -> asker.joining(run, wait)));
  }

  /** What is not noted is closed. */
  private Replies.Answer noted(Inquiry.Wording wording, Replies.Answer answer) {
    try {
      if (answer.reuse() != Reuse.MISS) {
        wording.asked().run();
      }
      telemetry.note(new Telemetry.Fact.Asked(Objects.requireNonNull(answer.reuse())));
      return answer;
    } catch (RuntimeException | Error e) {
      answer.reply().close();
      throw e;
    }
  }
}
