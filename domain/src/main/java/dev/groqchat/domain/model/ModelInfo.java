package dev.groqchat.domain.model;

/**
 * A model on offer.
 *
 * @param contextWindow tokens the prompt and the reply may have together
 * @param maxReply tokens the reply may have
 */
public record ModelInfo(ModelId id, String ownedBy, int contextWindow, int maxReply) {
  public ModelInfo {
    if (contextWindow < 1 || maxReply < 1) {
      throw new IllegalArgumentException("a model holds at least one token: " + id);
    }
  }
}
