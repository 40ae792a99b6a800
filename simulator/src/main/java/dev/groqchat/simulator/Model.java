package dev.groqchat.simulator;

import java.util.List;
import java.util.stream.Collectors;

/** A model on offer, as {@code GET /models} describes it. */
record Model(String id, long created, String ownedBy, int contextWindow, int maxCompletionTokens) {
  /** The provider's offer; the two older ones were shut down on 2026-08-16. */
  static final List<Model> ALL =
      List.of(
          new Model("openai/gpt-oss-120b", 1754408224, "OpenAI", 131_072, 65_536),
          new Model("openai/gpt-oss-20b", 1754407957, "OpenAI", 131_072, 65_536),
          new Model("qwen/qwen3.8-27b", 1786060800, "Alibaba Cloud", 131_072, 16_384));

  /** A model that the provider does not have, for clients of other providers. */
  static Model unknown(String id) {
    return new Model(id, 1754408224, "Simulator", 131_072, 65_536);
  }

  static String list(List<Model> models) {
    return models.stream()
        .map(Model::json)
        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}\n"));
  }

  String json() {
    return "{\"id\":%s,\"object\":\"model\",\"created\":%d,\"owned_by\":\"%s\",\"active\":true,\"context_window\":%d,\"public_apps\":null,\"max_completion_tokens\":%d}"
        .formatted(GoJson.quote(id), created, ownedBy, contextWindow, maxCompletionTokens);
  }

  /** These put what they think into a field of its own, on a channel. */
  boolean isGptOss() {
    return id.startsWith("openai/gpt-oss");
  }

  String fingerprint() {
    return "fp_" + String.format("%010x", Integer.toUnsignedLong(id.hashCode()));
  }
}
