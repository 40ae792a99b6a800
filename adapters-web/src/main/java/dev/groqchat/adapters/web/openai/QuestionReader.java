package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.problem.Utf8;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.model.ModelId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a question in OpenAI's form, once and without making a tree of it: a body of 20 MiB takes
 * its own size, not ten times that. For one question.
 */
final class QuestionReader {
  /** More than any schema of a tool needs. */
  private static final int DEPTH = 100;

  /** More than any talk has; so many distinct names still fit into memory. */
  private static final long TOKENS = 1_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxTokenCount(TOKENS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // The provider might take the other one of two.
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names that strangers make up are not worth remembering.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  private final String words;
  private final ReadableText readable;
  private @Nullable ModelId model;
  private boolean messages;
  private boolean stream;
  private @Nullable Integer maxTokens;
  private @Nullable Integer maxCompletionTokens;
  private boolean cold;
  private boolean several;

  private QuestionReader(String words) {
    this.words = words;
    this.readable = new ReadableText(words);
  }

  /**
   * What a body asks.
   *
   * @throws ChatException {@code InvalidRequest} if it is no JSON that means the same to everybody,
   *     or lacks what we need
   */
  static Asked read(byte[] body) {
    String words = Utf8.text(body);
    if (words == null) {
      throw invalid("the body is not valid UTF-8");
    }
    try (JsonParser in = new SoundNames(JSON.createParser(ObjectReadContext.empty(), words))) {
      return new QuestionReader(words).read(in);
    } catch (JacksonException _) {
      throw invalid("the body is not valid JSON, names a field twice, or is nested too deeply");
    }
  }

  private Asked read(JsonParser in) {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("the body must be a JSON object");
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      member(name, in);
    }
    if (in.nextToken() != null) {
      throw invalid("the body goes on after its end");
    }
    if (!messages) {
      throw ChatException.invalid("messages", "messages must be an array, and not empty");
    }
    Integer most = maxCompletionTokens == null ? maxTokens : maxCompletionTokens;
    return new Asked(
        model, stream, most, !cold || several, words, readable.toString(), readable.length());
  }

  private void member(String name, JsonParser in) {
    switch (name) {
      case "model" -> model = model(in);
      case "messages" -> messages = readable.addMessages(in);
      case "stream" -> stream = flag(name, in);
      case "max_completion_tokens" -> maxCompletionTokens = count(in);
      case "max_tokens" -> maxTokens = count(in);
      case "temperature" -> cold = is(BigDecimal.ZERO, in);
      case "n" -> several = in.currentToken() != JsonToken.VALUE_NULL && !is(BigDecimal.ONE, in);
      case "tools", "functions", "response_format" -> readable.addWhole(in);
      default -> {}
    }
    // Whatever it was: nothing of it is left. Of what was read to its end already, this does
    // nothing.
    in.skipChildren();
  }

  private static @Nullable ModelId model(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> in.getString().isEmpty() ? null : new ModelId(in.getString());
      default -> throw ChatException.invalid("model", "model must be a string");
    };
  }

  private static boolean flag(String name, JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw ChatException.invalid(name, name + " must be true or false");
    };
  }

  /** Null for what is no such number: the provider says so. */
  private static @Nullable Integer count(JsonParser in) {
    boolean small =
        in.currentToken() == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() == JsonParser.NumberType.INT;
    return small && in.getIntValue() > 0 ? (Integer) in.getIntValue() : null;
  }

  private static boolean is(BigDecimal number, JsonParser in) {
    try {
      return in.currentToken().isNumeric() && in.getDecimalValue().compareTo(number) == 0;
    } catch (NumberFormatException _) {
      // Of more digits than anybody can count: the provider says so.
      return false;
    }
  }

  static ChatException invalid(String detail) {
    return ChatException.invalid("body", detail);
  }
}
