package dev.groqchat.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What is read of a chat completion request. {@link RequestRules} has checked that it can be. */
record ChatRequest(JsonNode json) {
  private static final int PER_MESSAGE = 4;

  /** A message's role and text. */
  record Said(String role, String text) {
    boolean byUser() {
      return role.equals("user");
    }
  }

  String model() {
    return json.path("model").asString("");
  }

  List<Said> messages() {
    var messages = new ArrayList<Said>();
    for (var message : json.path("messages"))
      messages.add(new Said(message.path("role").asString(""), text(message.path("content"))));
    return messages;
  }

  /** The last user message, or nothing. */
  String question() {
    return messages().reversed().stream()
        .filter(Said::byUser)
        .map(Said::text)
        .findFirst()
        .orElse("");
  }

  boolean stream() {
    return json.path("stream").asBoolean(false);
  }

  boolean wantsUsageFrame() {
    return json.path("stream_options").path("include_usage").asBoolean(false);
  }

  OptionalInt maxTokens() {
    for (var name : List.of("max_completion_tokens", "max_tokens")) {
      if (json.path(name).isInt()) return OptionalInt.of(json.path(name).asInt());
    }
    return OptionalInt.empty();
  }

  List<String> stops() {
    var stop = json.path("stop");
    if (stop.isString()) return List.of(stop.asString());
    var stops = new ArrayList<String>();
    for (var one : stop) stops.add(one.asString(""));
    stops.removeIf(String::isEmpty);
    return stops;
  }

  /** The function that may be called: the one that tool_choice names, else the first. */
  Optional<JsonNode> function() {
    if (json.path("tool_choice").asString("").equals("none")) return Optional.empty();
    String named = json.path("tool_choice").path("function").path("name").asString("");
    for (var tool : json.path("tools")) {
      var function = tool.path("function");
      if (named.isEmpty() || function.path("name").asString("").equals(named))
        return Optional.of(function);
    }
    return Optional.empty();
  }

  boolean mustCallTool() {
    return json.path("tool_choice").asString("").equals("required")
        || json.path("tool_choice").isObject();
  }

  boolean wantsJson() {
    return json.path("response_format").path("type").asString("").startsWith("json");
  }

  boolean hidesReasoning() {
    return !json.path("include_reasoning").asBoolean(true) || reasoningFormat().equals("hidden");
  }

  String reasoningFormat() {
    return json.path("reasoning_format").asString("");
  }

  String serviceTier() {
    String tier = json.path("service_tier").asString("");
    return tier.equals("flex") || tier.equals("performance") ? tier : "on_demand";
  }

  int promptTokens() {
    int tokens = json.path("tools").isEmpty() ? 0 : Tokens.count(json.path("tools").toString());
    for (var message : messages()) tokens += PER_MESSAGE + Tokens.count(message.text());
    return tokens;
  }

  private static String text(JsonNode content) {
    if (!content.isArray()) return content.asString("");
    var text = new StringBuilder();
    for (var part : content) text.append(part.path("text").asString(""));
    return text.toString();
  }
}
