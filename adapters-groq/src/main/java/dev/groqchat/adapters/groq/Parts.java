package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ReplyStream.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one piece of what came at once: whatever is done with a piece is done once for all of it,
 * and who sees it sees it at the same moment.
 */
final class Parts {
  private Parts() {}

  /** The same parts, but pieces of text, or of thought, that follow each other are one. */
  static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int to = endOfRun(parts, from);
      joined.add(to == from + 1 ? parts.get(from) : one(parts.subList(from, to)));
      from = to;
    }
    return joined;
  }

  private static int endOfRun(List<Part> parts, int from) {
    Part first = parts.get(from);
    int to = from + 1;
    boolean joins = first instanceof Part.Text || first instanceof Part.Reasoning;
    while (joins && to < parts.size() && parts.get(to).getClass() == first.getClass()) {
      to++;
    }
    return to;
  }

  private static Part one(List<Part> run) {
    StringBuilder words = new StringBuilder();
    for (Part part : run) {
      switch (part) {
        case Part.Text(String text) -> words.append(text);
        case Part.Reasoning(String text) -> words.append(text);
        case Part.Verbatim _, Part.End _ -> throw new IllegalArgumentException("stands by itself");
      }
    }
    boolean said = run.getFirst() instanceof Part.Text;
    return said ? new Part.Text(words.toString()) : new Part.Reasoning(words.toString());
  }
}
