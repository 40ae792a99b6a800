package dev.groqchat.adapters.groq;

import dev.groqchat.domain.turn.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the JSON of one event. Knows only the fields that matter, so that new ones do no harm.
 * There is an event for every token, so the common ones are read without building anything; what
 * comes once a reply may be a tree. Thread-safe.
 */
final class ChunkParser {

  /** What an event says; null if it cannot be read. */
  @Nullable Chunk parse(byte[] json, int length) {
    try (JsonParser in = Json.MAPPER.createParser(json, 0, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Draft draft = new Draft(in);
      draft.readEvent();
      return in.nextToken() == null ? draft.toChunk() : null;
    } catch (JacksonException _) {
      // Its message quotes what was read, which is nobody's business.
      return null;
    }
  }

  /** What was read so far. Each method begins at a value's first token and ends at its last. */
  private static final class Draft {
    private final JsonParser in;
    private String text = "";
    private String reasoning = "";
    private String reasoningContent = "";
    private String finishReason = "";
    private boolean more;
    private boolean choice;
    private @Nullable JsonNode usage;
    private @Nullable JsonNode groq;
    private @Nullable JsonNode error;

    private Draft(JsonParser in) {
      this.in = in;
    }

    private void readEvent() {
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        switch (name) {
          case "choices" -> readChoices();
          case "usage" -> usage = in.readValueAsTree();
          case "x_groq" -> groq = in.readValueAsTree();
          case "error" -> error = in.readValueAsTree();
          default -> in.skipChildren();
        }
      }
    }

    private void readChoices() {
      if (in.currentToken() != JsonToken.START_ARRAY) {
        in.skipChildren();
        return;
      }
      for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
        choice = true;
        if (i == 0 && in.currentToken() == JsonToken.START_OBJECT) {
          readChoice();
        } else {
          in.skipChildren();
        }
      }
    }

    private void readChoice() {
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
        if (isObject && name.equals("delta")) {
          readDelta();
        } else if (name.equals("finish_reason")) {
          finishReason = readString();
        } else {
          in.skipChildren();
        }
      }
    }

    private void readDelta() {
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.nextToken();
        switch (name) {
          case "content" -> text = readString();
          case "reasoning" -> reasoning = readString();
          case "reasoning_content" -> reasoningContent = readString();
          case "role" -> in.skipChildren();
          default -> {
            more |= in.currentToken() != JsonToken.VALUE_NULL;
            in.skipChildren();
          }
        }
      }
    }

    /** Empty for anything that is no string. */
    private String readString() {
      if (in.currentToken() == JsonToken.VALUE_STRING) {
        return in.getString();
      }
      in.skipChildren();
      return "";
    }

    private Chunk toChunk() {
      JsonNode groqs = groq == null ? MissingNode.getInstance() : groq;
      Usage told = toUsage(usage);
      ProviderError failed = ProviderError.of(error);
      return new Chunk(
          text,
          reasoning.isEmpty() ? reasoningContent : reasoning,
          more,
          choice,
          finishReason.isEmpty() ? null : finishReason,
          told == null ? toUsage(groqs.path("usage")) : told,
          failed == null ? ProviderError.of(groqs.path("error")) : failed,
          error != null && error.isNull());
    }

    private static @Nullable Usage toUsage(@Nullable JsonNode tokens) {
      if (tokens == null) {
        return null;
      }
      JsonNode prompt = tokens.path("prompt_tokens");
      JsonNode completion = tokens.path("completion_tokens");
      boolean told = prompt.isIntegralNumber() && completion.isIntegralNumber();
      return told && prompt.longValue() >= 0 && completion.longValue() >= 0
          ? new Usage(prompt.longValue(), completion.longValue(), true)
          : null;
    }
  }
}
