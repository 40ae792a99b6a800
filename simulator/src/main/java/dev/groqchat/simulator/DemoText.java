package dev.groqchat.simulator;

import dev.groqchat.simulator.ChatRequest.Said;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the simulator says unless told otherwise. It shows what reached it, so that one can see that
 * a conversation's history does.
 */
final class DemoText {
  private static final int QUOTED = 200;
  private static final Pattern NAME =
      Pattern.compile("\\bmy name is ([\\p{L}][\\p{L}'-]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKS_NAME =
      Pattern.compile("what(?:'s|’s| is) my name|who am i", Pattern.CASE_INSENSITIVE);
  private static final List<String> FILLER =
      List.of(
          "A stream is a promise kept in small pieces: each one is worth having, and none is the whole.",
          "Whoever reads slowly should not slow the others, and whoever leaves should not be waited for.",
          "A queue is honest when it says how long it is.",
          "The line may break anywhere, even inside a character; what was said before the break was still said.",
          "An answer without an end is a failure, however good it looks.",
          "Limits are kinder when they are known before they are reached.");

  private DemoText() {}

  static String reasoning(ChatRequest request) {
    return "The user says \""
        + quoted(request.question(), 60)
        + "\". There is no model here, so I will tell what I was sent.";
  }

  static String answer(ChatRequest request, Model model) {
    if (request.wantsJson())
      return "{\"simulator\": true, \"question\": "
          + GoJson.quote(quoted(request.question(), QUOTED))
          + ", \"messages\": "
          + request.messages().size()
          + "}";
    var text = new StringBuilder();
    name(request).ifPresent(name -> text.append("Your name is **").append(name).append("**.\n\n"));
    toolResult(request)
        .ifPresent(result ->
            text.append("The tool answered: ").append(quoted(result, QUOTED)).append("\n\n"));
    text.append(
        "This is the built-in **simulator**. It answers on the wire as Groq does, but no model is behind it.\n\n");
    text.append("> ").append(quoted(request.question(), QUOTED)).append("\n\n");
    text.append("- I was sent **")
        .append(counted(request.messages().size()))
        .append("** for `")
        .append(model.id())
        .append("`.\n");
    previous(request)
        .ifPresent(before ->
            text.append("- Before that you asked: \"")
                .append(quoted(before, QUOTED))
                .append("\"\n"));
    text.append("\nTo see how this service copes, begin a message with for example:\n\n");
    text.append("```\n/sim tokens=300 rate=40\n/sim error=503\n/sim cut-after=20\n```\n");
    if (asksForLength(request.question()))
      text.append('\n').append(String.join("\n\n", FILLER)).append('\n');
    return text.toString();
  }

  private static String counted(int messages) {
    return messages == 1 ? "1 message" : messages + " messages";
  }

  private static boolean asksForLength(String question) {
    String lower = question.toLowerCase(Locale.ROOT);
    return lower.contains("long") || lower.contains("story") || lower.contains("essay");
  }

  private static Optional<String> name(ChatRequest request) {
    if (!ASKS_NAME.matcher(request.question()).find()) return Optional.empty();
    return request.messages().reversed().stream()
        .filter(Said::byUser)
        .map(said -> NAME.matcher(said.text()))
        .filter(name -> name.find())
        .findFirst()
        .map(name -> name.group(1));
  }

  private static Optional<String> toolResult(ChatRequest request) {
    return Optional.of(request.messages().getLast())
        .filter(last -> last.role().equals("tool"))
        .map(Said::text);
  }

  private static Optional<String> previous(ChatRequest request) {
    return request.messages().reversed().stream()
        .filter(Said::byUser)
        .skip(1)
        .findFirst()
        .map(Said::text);
  }

  /** One line, shortened between characters, without the line for the simulator itself. */
  private static String quoted(String text, int codePoints) {
    String line = Directive.rest(text).strip().replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) <= codePoints) return line;
    return line.substring(0, line.offsetByCodePoints(0, codePoints)) + "…";
  }
}
