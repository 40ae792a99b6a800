package dev.groqchat.domain.traffic;

/**
 * What a provider allows of one model, as far as it has said, and what of that is taken. Immutable:
 * each change gives a new one.
 */
public record ModelBudget() {
  /** Nobody has asked the model yet. */
  public static final ModelBudget UNKNOWN = new ModelBudget();
}
