package dev.groqchat.domain.failure;

import java.time.Duration;

/**
 * Everything that can go wrong, as values: a turn keeps the one that ended it, a surface turns it
 * into its own words. The list is closed, and switches over it have no default, so that a new
 * failure breaks the build wherever it matters.
 *
 * <p>{@link #detail()} is written for the person asking. It never holds a provider's text, a key,
 * or anybody's message; but {@link QuestionRefused} tells whoever worded a question what the
 * provider says of the wording.
 */
public sealed interface Failure {

  /** What happened and, where there is something to do about it, what. */
  String detail();

  /** Whether the same request may succeed later, unchanged. */
  default boolean retryable() {
    return switch (this) {
      case InvalidRequest _, NotFound _, AlreadyExists _, KeyReused _ -> false;
      case PromptTooLarge _, ModelRefused _, QuestionRefused _ -> false;
      case ModelUnavailable _, ModelBusy _, ModelTimeout _, ReplyCut _ -> true;
      case ModelOverloaded _, CircuitOpen _, RateLimited _, InstanceLost _ -> true;
      case TooBusy _, ShuttingDown _, StoreUnavailable _, Internal _ -> true;
    };
  }

  /**
   * The request breaks a rule.
   *
   * @param field the field that breaks it, as the client wrote it
   */
  record InvalidRequest(String field, String detail) implements Failure {}

  /**
   * There is no such thing, or it is somebody else's.
   *
   * @param what what was asked for: {@code conversation} or {@code turn}
   */
  record NotFound(String what) implements Failure {
    @Override
    public String detail() {
      return "no such " + what;
    }
  }

  /** The chosen id is taken. */
  record AlreadyExists(String what) implements Failure {
    @Override
    public String detail() {
      return "this " + what + " exists already";
    }
  }

  /** The idempotency key stands for another request already. */
  record KeyReused() implements Failure {
    @Override
    public String detail() {
      return "this Idempotency-Key was used for another request; use a new one";
    }
  }

  /**
   * The message does not fit the model, even without any history.
   *
   * @param tokens what the prompt and the reserved reply need
   * @param limit what the model can hold
   */
  record PromptTooLarge(long tokens, long limit) implements Failure {
    @Override
    public String detail() {
      return "the message and the reply need " + tokens + " tokens, the model holds " + limit;
    }
  }

  /** The provider refused the request for a reason that is not the client's to know: its 4xx. */
  record ModelRefused() implements Failure {
    @Override
    public String detail() {
      return "the model provider refused the request";
    }
  }

  /**
   * The provider refused a question that was passed on in the asker's own words, and says why: the
   * asker is the one who can mend it.
   *
   * @param detail the provider's reason, without anything about us
   * @param words the same in the provider's own form
   */
  record QuestionRefused(Reason reason, String detail, String words) implements Failure {

    /** What is wrong with it. */
    public enum Reason {
      /** How it is worded. */
      MALFORMED,
      /** There is no such model, or not for us. */
      UNKNOWN_MODEL,
      /** It is understood, but cannot be done. */
      UNPROCESSABLE
    }
  }

  /** The provider failed, or could not be reached. */
  record ModelUnavailable() implements Failure {
    @Override
    public String detail() {
      return "the model provider failed";
    }
  }

  /** What the provider allows us is used up for now. */
  record ModelBusy(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "the model provider is over its limit; try again in " + inSeconds(retryAfter);
    }
  }

  /** The provider has more to do than it can, whoever asks. */
  record ModelOverloaded(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "the model is over capacity; try again in " + inSeconds(retryAfter);
    }
  }

  /** The model has failed so often that it is not even asked for a while. */
  record CircuitOpen(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "the model keeps failing and is left alone; try again in " + inSeconds(retryAfter);
    }
  }

  /** The provider said nothing for too long. */
  record ModelTimeout(Waiting waitingFor, Duration limit) implements Failure {
    @Override
    public String detail() {
      return "the model provider took longer than " + inSeconds(limit) + " for " + waitingFor.words;
    }

    /** What was waited for. */
    public enum Waiting {
      CONNECTION("the connection"),
      FIRST_TOKEN("the first token"),
      NEXT_TOKEN("the next token"),
      WHOLE_REPLY("the whole reply");

      private final String words;

      Waiting(String words) {
        this.words = words;
      }
    }
  }

  /** The reply broke off, or ended without saying why: half an answer is not an answer. */
  record ReplyCut() implements Failure {
    @Override
    public String detail() {
      return "the reply broke off before its end";
    }
  }

  /**
   * The client asks for more than it may.
   *
   * @param limit how many requests may come at once
   */
  record RateLimited(long limit, Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "too many requests; try again in " + inSeconds(retryAfter);
    }
  }

  /** The instance that ran the turn is gone. */
  record InstanceLost() implements Failure {
    @Override
    public String detail() {
      return "the instance that ran this turn is gone; what it had written is kept";
    }
  }

  /** This service has as much work as it takes. */
  record TooBusy(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "the service is busy; try again in " + inSeconds(retryAfter);
    }
  }

  /** This instance is going away; another one, or its successor, will answer. */
  record ShuttingDown(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "the service is shutting down; try again in " + inSeconds(retryAfter);
    }
  }

  /** Conversations cannot be read or written for now. */
  record StoreUnavailable(Duration retryAfter) implements Failure {
    @Override
    public String detail() {
      return "conversations cannot be reached for now; try again in " + inSeconds(retryAfter);
    }
  }

  /** A defect of ours; the log knows more. */
  record Internal() implements Failure {
    @Override
    public String detail() {
      return "something went wrong here; the log has it under this request's id";
    }
  }

  private static String inSeconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() / 1000.0 + " s";
  }
}
