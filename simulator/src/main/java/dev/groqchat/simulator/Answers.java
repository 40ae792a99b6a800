package dev.groqchat.simulator;

import dev.groqchat.simulator.Answer.ToolCall;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import tools.jackson.databind.JsonNode;

/**
 * Decides what is said: the script's words or the demo's, within the request's stops and limits.
 */
final class Answers {
  private Answers() {}

  static Answer to(ChatRequest request, Model model, Script script) {
    var reasoning = reasoning(request, model, script.reply());
    var tool = tool(request, script.reply());
    if (tool.isPresent())
      return new Answer(reasoning, List.of(), tool, script.reply().finish().orElse("tool_calls"));
    var said = content(request, model, script);
    var content = said;
    for (var stop : request.stops()) content = before(stop, content);
    String finish = "stop";
    // Thinking draws on the same budget: a small one ends with `length` and no content at all.
    int budget = request.maxTokens().orElse(model.maxCompletionTokens());
    if (reasoning.size() + content.size() > budget) {
      finish = "length";
      reasoning = reasoning.subList(0, Math.min(reasoning.size(), budget));
      content = content.subList(0, budget - reasoning.size());
    }
    return new Answer(reasoning, content, Optional.empty(), script.reply().finish().orElse(finish));
  }

  private static List<String> reasoning(ChatRequest request, Model model, Reply reply) {
    if (request.hidesReasoning() || inContent(request, model)) return List.of();
    return thought(request, model, reply);
  }

  private static List<String> thought(ChatRequest request, Model model, Reply reply) {
    if (reply.reasoning().isPresent()) return Tokens.split(reply.reasoning().get());
    if (reply.reasoningTokens().isPresent()) return new Count(reply.reasoningTokens().getAsInt());
    boolean scripted =
        reply.text().isPresent() || reply.tokens().isPresent() || reply.tool().isPresent();
    return scripted || !model.isGptOss() ? List.of() : Tokens.split(DemoText.reasoning(request));
  }

  /** Recorded: qwen3 thinks aloud unless asked for {@code parsed}. */
  private static boolean inContent(ChatRequest request, Model model) {
    return !model.isGptOss() && !request.reasoningFormat().equals("parsed");
  }

  private static List<String> content(ChatRequest request, Model model, Script script) {
    var content = words(request, model, script);
    if (!inContent(request, model) || request.hidesReasoning()) return content;
    var thought = thought(request, model, script.reply());
    if (thought.isEmpty()) return content;
    var both = new ArrayList<>(List.of("<think>", "\n"));
    both.addAll(thought);
    both.addAll(List.of("\n", "</think>", "\n\n"));
    both.addAll(content);
    return both;
  }

  private static List<String> words(ChatRequest request, Model model, Script script) {
    var reply = script.reply();
    if (reply.tokens().isPresent()) return new Count(reply.tokens().getAsInt());
    String text = reply.text().orElseGet(() -> DemoText.answer(request, model));
    if (reply.text().isEmpty() && script.looks().has(Quirk.RAW_BREAKS))
      text = "one\u2028two\u2029three\u0085four";
    var pieces = Tokens.split(text);
    return script.looks().has(Quirk.SPLIT_PAIRS) ? splitPairs(pieces) : pieces;
  }

  private static Optional<ToolCall> tool(ChatRequest request, Reply reply) {
    var function = request.function();
    if (function.isEmpty()) return Optional.empty();
    var question = request.question();
    boolean wanted =
        reply.tool().isPresent()
            || request.mustCallTool()
            || (question.contains("tool") && !answersTool(request));
    if (!wanted || reply.text().isPresent() || reply.tokens().isPresent()) return Optional.empty();
    String name =
        reply
            .tool()
            .filter(given -> !given.isEmpty())
            .orElseGet(() -> function.get().path("name").asString(""));
    return Optional.of(
        new ToolCall(
            Ids.toolCall(), name, reply.arguments().orElseGet(() -> arguments(function.get()))));
  }

  /**
   * The model has called and now hears what came of it: it must not call again, or it would for
   * ever.
   */
  private static boolean answersTool(ChatRequest request) {
    return request.messages().getLast().role().equals("tool");
  }

  private static String arguments(JsonNode function) {
    var parameters = function.path("parameters").path("properties");
    var json = new StringBuilder("{");
    for (var name : parameters.propertyNames()) {
      if (json.length() > 1) json.append(',');
      json.append(GoJson.quote(name)).append(':').append(example(parameters.path(name)));
    }
    return json.append('}').toString();
  }

  private static String example(JsonNode schema) {
    if (!schema.path("enum").isEmpty()) return schema.path("enum").get(0).toString();
    return switch (schema.path("type").asString("")) {
      case "integer", "number" -> "1";
      case "boolean" -> "true";
      case "array" -> "[]";
      case "object" -> "{}";
      default -> "\"example\"";
    };
  }

  private static List<String> before(String stop, List<String> pieces) {
    String text = String.join("", pieces);
    int at = text.indexOf(stop);
    return at < 0 ? pieces : Tokens.split(text.substring(0, at));
  }

  private static List<String> splitPairs(List<String> pieces) {
    var halves = new ArrayList<String>();
    for (var piece : pieces) {
      int from = 0;
      for (int i = 0; i < piece.length(); i++) {
        if (!Character.isHighSurrogate(piece.charAt(i))) continue;
        halves.add(piece.substring(from, i + 1));
        from = i + 1;
      }
      halves.add(piece.substring(from));
    }
    return halves;
  }

  /**
   * {@code 1 2 3 ...}, made while it is read: a thousand long answers at once must not fill the
   * heap.
   */
  private static final class Count extends AbstractList<String> implements RandomAccess {
    private final int size;

    Count(int size) {
      this.size = size;
    }

    @Override
    public String get(int index) {
      return index == 0 ? "1" : " " + (index + 1);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
