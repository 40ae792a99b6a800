package dev.groqchat.adapters.groq;

import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import java.util.List;

/** What is known of models without asking: until the provider has told, and if it never does. */
final class KnownModels {
  /** Groq's chat models of 2026-11. */
  static final List<ModelInfo> AT_GROQ =
      List.of(
          model("openai/gpt-oss-120b", "OpenAI", 131_072, 65_536),
          model("openai/gpt-oss-20b", "OpenAI", 131_072, 65_536),
          model("qwen/qwen3.8-27b", "Alibaba Cloud", 131_072, 16_384));

  /**
   * What the smallest of today's chat models hold. Too little drops an old exchange that would have
   * fitted; too much fails the turn.
   */
  static final int GUESSED_WINDOW = 8_192;

  static final int GUESSED_REPLY = 4_096;

  private KnownModels() {}

  /** What a provider offers, as far as that is known without asking. */
  static List<ModelInfo> at(Provider provider) {
    return switch (provider) {
      case GROQ -> AT_GROQ;
      case OPENROUTER -> List.of();
    };
  }

  /** A careful guess at a model that nobody knows. */
  static ModelInfo guess(ModelId id) {
    return new ModelInfo(id, ownerOf(id), GUESSED_WINDOW, GUESSED_REPLY);
  }

  /** The part of the name that says whose it is. */
  static String ownerOf(ModelId id) {
    int slash = id.value().indexOf('/');
    return slash > 0 ? id.value().substring(0, slash) : "unknown";
  }

  private static ModelInfo model(String id, String owner, int window, int reply) {
    return new ModelInfo(new ModelId(id), owner, window, reply);
  }
}
