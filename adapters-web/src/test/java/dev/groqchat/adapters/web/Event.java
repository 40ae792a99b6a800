package dev.groqchat.adapters.web;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server-sent event of the native API. */
public record Event(String id, String name, JsonNode data) {
  private static final JsonMapper JSON = new JsonMapper();

  static List<Event> all(String body) {
    List<Event> events = new ArrayList<>();
    for (String block : body.split("\n\n", -1)) {
      if (!block.isEmpty() && !block.startsWith(":")) {
        events.add(one(block));
      }
    }
    return events;
  }

  private static Event one(String block) {
    List<String> lines = block.lines().toList();
    return new Event(
        after("id: ", lines.get(0)),
        after("event: ", lines.get(1)),
        JSON.readTree(after("data: ", lines.get(2))));
  }

  private static String after(String field, String line) {
    if (!line.startsWith(field)) {
      throw new AssertionError("no '" + field + "': " + line);
    }
    return line.substring(field.length());
  }

  /** The names of the data's members, in order. */
  public List<String> members() {
    return List.copyOf(data.propertyNames());
  }
}
