package dev.groqchat.adapters.groq;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A provider's error object. Its text names organisations and quotes prompts: it is looked at for
 * numbers, and goes nowhere but, {@link #cleaned()}, to whoever worded the question.
 */
final class ProviderError {
  private static final Pattern SHOWABLE = Pattern.compile("[a-z_]{1,64}");
  private static final ProviderError UNKNOWN =
      new ProviderError("", 0, "", MissingNode.getInstance());

  private final String code;
  private final int status;
  private final String text;
  private final JsonNode whole;

  private ProviderError(String code, int status, String text, JsonNode whole) {
    this.code = code;
    this.status = status;
    this.text = text;
    this.whole = whole;
  }

  /** The error of a body; an empty one if it is no such JSON, as from a proxy. */
  static ProviderError ofBody(byte[] body) {
    try {
      ProviderError error = of(Json.MAPPER.readTree(body).path("error"));
      return error == null ? UNKNOWN : error;
    } catch (JacksonException _) {
      return UNKNOWN;
    }
  }

  /** The error in a field; null if there is none. */
  static @Nullable ProviderError of(@Nullable JsonNode error) {
    if (error == null || error.isNull() || error.isMissingNode()) {
      return null;
    }
    JsonNode code = error.path("code");
    // OpenRouter's code is the status; Groq has a status of its own in the middle of a stream.
    int status = code.isInt() ? code.intValue() : error.path("status_code").asInt(0);
    String text = error.isString() ? error.stringValue() : error.path("message").asString("");
    return new ProviderError(code.isString() ? code.stringValue() : "", status, text, error);
  }

  /** An HTTP status, if the object itself has one; 0 otherwise. */
  int status() {
    return status;
  }

  boolean hasCode(String expected) {
    return code.equals(expected);
  }

  /** The provider's code if it is a plain word, and so fit for a log; {@code -} otherwise. */
  String showableCode() {
    return SHOWABLE.matcher(code).matches() ? code : "-";
  }

  /** The provider's words, only to look for numbers in. */
  String text() {
    return text;
  }

  /** Whether there is anything to say of it at all: not of a proxy's page. */
  boolean isTold() {
    return !whole.isMissingNode();
  }

  /** What the asker may read of it. */
  CleanedError cleaned() {
    return CleanedError.of(whole);
  }

  @Override
  public String toString() {
    return "ProviderError[" + status + " " + showableCode() + "]";
  }
}
