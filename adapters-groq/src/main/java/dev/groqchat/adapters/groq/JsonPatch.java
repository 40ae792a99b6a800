package dev.groqchat.adapters.groq;

import dev.groqchat.adapters.groq.JsonObject.Member;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Changes of a JSON text that leave every other byte as it is. What is changed must not overlap.
 * For one thread.
 */
final class JsonPatch {
  private record Change(int from, int to, String text) {}

  private final byte[] json;
  private final List<Change> changes = new ArrayList<>();

  /** How many members an object has by now, by its place. */
  private final Map<Integer, Integer> left = new HashMap<>();

  JsonPatch(byte[] json) {
    this.json = json;
  }

  /** Gives an object's members of this name this value; there is one then at least. */
  void set(JsonObject object, String name, String value) {
    boolean there = false;
    for (Member member : object.members()) {
      if (member.name().equals(name)) {
        changes.add(new Change(member.value(), member.to(), value));
        there = true;
      }
    }
    if (!there) {
      int before = left.getOrDefault(object.from(), object.members().size());
      int end = object.members().isEmpty() ? object.from() + 1 : object.members().getLast().to();
      changes.add(new Change(end, end, (before == 0 ? "\"" : ",\"") + name + "\":" + value));
      left.put(object.from(), before + 1);
    }
  }

  /** Takes members out of an object, each with a comma of its own. To be called before any set. */
  void strip(JsonObject object, Predicate<Member> unwanted) {
    List<Member> members = object.members();
    left.put(object.from(), (int) members.stream().filter(unwanted.negate()).count());
    for (int first = 0; first < members.size(); first++) {
      int next = first;
      while (next < members.size() && unwanted.test(members.get(next))) {
        next++;
      }
      if (next > first) {
        strip(members, first, next);
        first = next;
      }
    }
  }

  /** A run of members goes up to the next that stays, or else from the last that stays. */
  private void strip(List<Member> members, int first, int next) {
    boolean last = next == members.size();
    int from = last && first > 0 ? members.get(first - 1).to() : members.get(first).from();
    int to = last ? members.getLast().to() : members.get(next).from();
    changes.add(new Change(from, to, ""));
  }

  /** The text with all changes; the same if there are none. */
  byte[] applied() {
    if (changes.isEmpty()) {
      return json;
    }
    changes.sort(Comparator.comparingInt(Change::from));
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 256);
    int done = 0;
    for (Change change : changes) {
      out.write(json, done, change.from() - done);
      out.writeBytes(change.text().getBytes(StandardCharsets.UTF_8));
      done = change.to();
    }
    out.write(json, done, json.length - done);
    return out.toByteArray();
  }
}
