package dev.groqchat.application.usecase;

import dev.groqchat.application.usecase.admission.Rules;
import dev.groqchat.domain.conversation.MessageRules;
import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What turns are made with unless they are told otherwise, and their bounds.
 *
 * @param maxTokens the most tokens a reply may have
 * @param maxExchanges the most earlier exchanges the model sees
 * @param systemPrompt for conversations without one of their own; null for none
 * @param fallbacks models to ask, in this order, where the one that was meant does not answer
 * @param admission how many turns are let in at once, and how many may wait
 */
public record TurnSettings(
    ModelId model,
    int maxTokens,
    int maxExchanges,
    @Nullable String systemPrompt,
    MessageRules rules,
    List<ModelId> fallbacks,
    Admission admission) {
  public TurnSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(rules, "rules");
    fallbacks = List.copyOf(fallbacks);
    if (maxTokens < 1 || maxExchanges < 0) {
      throw new IllegalArgumentException("maxTokens must be at least 1, maxExchanges at least 0");
    }
  }

  /** How many turns may be open at once, waiting ones included. */
  public int maxOpenTurns() {
    return Math.addExact(admission.atOnce(), admission.mayWait());
  }

  /**
   * How turns are let in.
   *
   * @param atOnce how many run at a time
   * @param mayWait how many more may wait
   * @param patience how long one may wait
   * @param weights how many turns of a client are let in for each one of a client without a weight
   * @param perMinute requests that the provider allows in a minute without saying so; 0 if unknown
   */
  public record Admission(
      int atOnce, int mayWait, Duration patience, Map<String, Integer> weights, int perMinute) {
    /** Without a limit that the provider does not tell. */
    public Admission(int atOnce, int mayWait, Duration patience, Map<String, Integer> weights) {
      this(atOnce, mayWait, patience, weights, 0);
    }

    public Admission {
      weights = Map.copyOf(weights);
      // Refused where it is wrong.
      Rules _ = new Rules(atOnce, mayWait, patience, weights, perMinute);
    }

    Rules rules() {
      return new Rules(atOnce, mayWait, patience, weights, perMinute);
    }
  }
}
