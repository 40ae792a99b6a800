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
  /** All beyond are taken for one: nobody gives more than twice as many. */
  private static final int MOST_CHOICES = Long.SIZE;

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
    private long choices;
    private long finished;
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
        if (in.currentToken() == JsonToken.START_OBJECT) {
          readChoice(i);
        } else {
          in.skipChildren();
        }
      }
    }

    /** Only the first says anything here; the others' ends matter, too. */
    private void readChoice(int position) {
      long index = position;
      String reason = "";
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
        if (isObject && position == 0 && name.equals("delta")) {
          readDelta();
        } else if (name.equals("finish_reason")) {
          reason = readString();
        } else if (name.equals("index")) {
          index = readIndex(position);
        } else {
          in.skipChildren();
        }
      }
      long bit = 1L << Math.clamp(index, 0, MOST_CHOICES - 1);
      choices |= bit;
      finished |= reason.isEmpty() ? 0 : bit;
      finishReason = position == 0 ? reason : finishReason;
    }

    private long readIndex(int position) {
      if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return in.getLongValue();
      }
      in.skipChildren();
      return position;
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
          choices,
          finished,
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
