package dev.groqchat.acceptance.sdk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an SDK is asked to do; the drivers in other languages read it as JSON.
 *
 * @param id goes along as {@code X-Request-ID} and in the prompt, so that both sides of the service
 *     can tell whose request is whose
 * @param base the base URL in the form that this SDK wants
 * @param stopAfter leave after so many pieces of a stream; 0: stay
 */
record Question(
    String id,
    String client,
    Kind kind,
    String base,
    String key,
    String model,
    String prompt,
    @Nullable Tool tool,
    @Nullable Schema schema,
    int stopAfter) {

  /** What is called. */
  enum Kind {
    ASK,
    STREAM,
    LIST_MODELS,
    FIND_MODEL
  }

  /** A function on offer. */
  record Tool(String name, String description, Map<String, Object> parameters) {
    static final Tool WEATHER =
        new Tool("get_weather", "The weather of a city", object(Map.of("city", type("string"))));
  }

  /** The form an answer must have. */
  record Schema(String name, boolean strict, Map<String, Object> schema) {
    static final Schema NUMBER =
        new Schema("number", true, object(Map.of("number", type("integer"))));
  }

  private static Map<String, Object> type(String name) {
    return Map.of("type", name);
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        List.copyOf(properties.keySet()),
        "additionalProperties",
        false);
  }
}
