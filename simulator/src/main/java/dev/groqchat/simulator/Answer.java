package dev.groqchat.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What is going to be said, in tokens.
 *
 * @param reasoning what is thought before, in a field of its own
 * @param tool a call instead of content; it counts as so many tokens as its arguments have, and
 *     comes in one frame
 */
record Answer(
    List<String> reasoning, List<String> content, Optional<ToolCall> tool, String finish) {
  record ToolCall(String id, String name, String arguments) {
    String json() {
      return "{\"id\":"
          + GoJson.quote(id)
          + ",\"type\":\"function\",\"function\":{\"name\":"
          + GoJson.quote(name)
          + ",\"arguments\":"
          + GoJson.quote(arguments)
          + "}";
    }
  }

  /** Tokens on the wire: a tool call is one. */
  int size() {
    return reasoning.size() + content.size() + (tool.isPresent() ? 1 : 0);
  }

  int tokens() {
    return reasoning.size()
        + content.size()
        + tool.map(call -> Tokens.count(call.arguments())).orElse(0);
  }
}
