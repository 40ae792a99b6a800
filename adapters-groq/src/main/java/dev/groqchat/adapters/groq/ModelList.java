package dev.groqchat.adapters.groq;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The provider's list of models, in Groq's words or in OpenRouter's.
 *
 * @param data null if it is no such list
 */
record ModelList(@Nullable List<@Nullable Entry> data) {
  /** Speech recognisers stand in the same list, with windows of a few hundred tokens. */
  private static final int LEAST_WINDOW = 1_024;

  /** The chat models in it; those that cannot be read are left out. */
  static List<ModelInfo> parse(byte[] json) {
    ModelList list = Json.MAPPER.readValue(json, ModelList.class);
    return list == null || list.data == null ? List.of() : chatModels(list.data);
  }

  private static List<ModelInfo> chatModels(List<@Nullable Entry> entries) {
    return entries.stream()
        .filter(Objects::nonNull)
        .filter(Entry::isUsable)
        .map(Entry::toModel)
        .toList();
  }

  record Entry(
      @Nullable String id,
      @JsonProperty("owned_by") @Nullable String owner,
      @Nullable Boolean active,
      @JsonProperty("context_window") @Nullable Integer window,
      @JsonProperty("context_length") @Nullable Integer length,
      @JsonProperty("max_completion_tokens") @Nullable Integer maxReply,
      @JsonProperty("top_provider") @Nullable Provider provider) {

    private boolean isUsable() {
      return isName(id) && !Boolean.FALSE.equals(active) && knownWindow() >= LEAST_WINDOW;
    }

    private ModelInfo toModel() {
      ModelId model = new ModelId(Objects.requireNonNull(id));
      return new ModelInfo(
          model,
          owner == null || owner.isBlank() ? KnownModels.ownerOf(model) : owner,
          knownWindow(),
          knownReply());
    }

    private int knownWindow() {
      return window != null ? window : length != null ? length : 0;
    }

    private int knownReply() {
      Integer told = maxReply != null || provider == null ? maxReply : provider.maxReply;
      return told == null || told < 1 ? knownWindow() : Math.min(told, knownWindow());
    }

    private static boolean isName(@Nullable String id) {
      try {
        return id != null && !new ModelId(id).value().isEmpty();
      } catch (ChatException _) {
        return false;
      }
    }
  }

  record Provider(@JsonProperty("max_completion_tokens") @Nullable Integer maxReply) {}
}
