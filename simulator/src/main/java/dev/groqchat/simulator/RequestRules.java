package dev.groqchat.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** The provider's strict schema: what it refuses with 400, in its words. */
final class RequestRules {
  private static final Set<String> KNOWN =
      Set.of(
          "messages",
          "model",
          "temperature",
          "top_p",
          "max_completion_tokens",
          "max_tokens",
          "stop",
          "stream",
          "stream_options",
          "seed",
          "user",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "reasoning_effort",
          "reasoning_format",
          "include_reasoning",
          "service_tier",
          "n",
          "functions",
          "function_call",
          "frequency_penalty",
          "presence_penalty");

  /** Part of other providers' APIs, refused here by name. */
  private static final List<String> UNSUPPORTED = List.of("logprobs", "top_logprobs", "logit_bias");

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final int MAX_TOOLS = 128;
  private static final int MAX_STOPS = 4;

  private RequestRules() {}

  /** The first rule that is broken, as a message. */
  static Optional<String> broken(JsonNode request) {
    if (!request.isObject()) return Optional.of("request body must be a JSON object");
    return unknownProperty(request)
        .or(() -> required(request))
        .or(() -> options(request))
        .or(() -> messages(request.path("messages")))
        .or(() -> jsonMode(request));
  }

  /** More than the model can take in or give out. */
  static Optional<ErrorAnswer> tooMuch(ChatRequest request, Model model, int promptTokens) {
    int most = model.maxCompletionTokens();
    if (request.maxTokens().orElse(0) > most)
      return Optional.of(
          ErrorAnswer.badRequest(
              "`max_completion_tokens` must be less than or equal to `"
                  + most
                  + "`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model"));
    boolean fits = promptTokens + request.maxTokens().orElse(0) <= model.contextWindow();
    return fits
        ? Optional.empty()
        : Optional.of(
            ErrorKinds.answer(new Fault.Refusal("400-context", Optional.empty()), model.id()));
  }

  private static Optional<String> unknownProperty(JsonNode request) {
    for (var name : request.propertyNames()) {
      if (UNSUPPORTED.contains(name)) {
        if (request.path(name).isNull() || request.path(name).equals(BooleanNode.FALSE)) continue;
        return Optional.of("`" + name + "` is not supported with this model");
      }
      if (!KNOWN.contains(name))
        return Optional.of("property '" + name + "' is unsupported" + Suggestion.of(name, KNOWN));
    }
    return Optional.empty();
  }

  private static Optional<String> required(JsonNode request) {
    if (!request.path("model").isString() || request.path("model").asString().isBlank())
      return Optional.of("property 'model' is missing");
    if (request.path("messages").isMissingNode())
      return Optional.of("property 'messages' is missing");
    if (!request.path("messages").isArray())
      return Optional.of("'messages' : value must be an array");
    return request.path("messages").isEmpty()
        ? Optional.of("'messages' : minimum number of items is 1")
        : Optional.empty();
  }

  private static Optional<String> options(JsonNode request) {
    if (above(request, "n", 1)) return Optional.of("'n' : number must be at most 1");
    for (var name : List.of("n", "max_tokens", "max_completion_tokens"))
      if (below(request, name, 1)) return Optional.of("'" + name + "' : number must be at least 1");
    if (above(request, "temperature", 2))
      return Optional.of("'temperature' : number must be at most 2");
    if (below(request, "temperature", 0))
      return Optional.of("'temperature' : number must be at least 0");
    if (request.path("tools").size() > MAX_TOOLS)
      return Optional.of("'tools' : maximum number of items is " + MAX_TOOLS);
    if (request.path("stop").size() > MAX_STOPS)
      return Optional.of("'stop' : maximum number of items is " + MAX_STOPS);
    if (request.has("include_reasoning") && request.has("reasoning_format"))
      return Optional.of("cannot specify both 'include_reasoning' and 'reasoning_format'");
    return Optional.empty();
  }

  private static Optional<String> messages(JsonNode messages) {
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      String role = message.path("role").asString("");
      String where = "'messages." + i + "' : ";
      if (!ROLES.contains(role))
        return Optional.of(where + "discriminator property 'role' has invalid value");
      var known = properties(role);
      for (var name : message.propertyNames()) {
        if (known.contains(name)) continue;
        return Optional.of(
            where
                + "for 'role:"
                + role
                + "' the following must be satisfied[("
                + where
                + "property '"
                + name
                + "' is unsupported"
                + Suggestion.of(name, known)
                + ")]");
      }
      if (!role.equals("assistant") && !message.has("content"))
        return Optional.of(
            where
                + "for 'role:"
                + role
                + "' the following must be satisfied[("
                + where
                + "property 'content' is missing)]");
    }
    return Optional.empty();
  }

  /** {@code name} is refused, as documented. */
  private static Set<String> properties(String role) {
    return switch (role) {
      case "assistant" -> Set.of("role", "content", "tool_calls", "function_call", "reasoning");
      case "tool" -> Set.of("role", "content", "tool_call_id");
      default -> Set.of("role", "content");
    };
  }

  private static Optional<String> jsonMode(JsonNode request) {
    boolean asked = request.path("response_format").path("type").asString("").equals("json_object");
    if (!asked || request.path("messages").toString().toLowerCase(Locale.ROOT).contains("json"))
      return Optional.empty();
    return Optional.of(
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.");
  }

  private static boolean above(JsonNode request, String name, double limit) {
    return request.path(name).isNumber() && request.path(name).asDouble() > limit;
  }

  private static boolean below(JsonNode request, String name, double limit) {
    return request.path(name).isNumber() && request.path(name).asDouble() < limit;
  }
}
