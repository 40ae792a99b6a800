package dev.groqchat.adapters.groq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * An object in a JSON text, and where its members stand in the text's bytes. Strings are not
 * decoded, whatever their length.
 */
final class JsonObject {
  /** The whole text. */
  private final byte[] json;

  private final int from;
  private final int to;
  private final List<Member> members;

  private JsonObject(byte[] json, int from, int to, List<Member> members) {
    this.json = json;
    this.from = from;
    this.to = to;
    this.members = members;
  }

  /** The object that a text is; throws {@link JacksonException} if it is none. */
  static JsonObject of(byte[] json) {
    return within(json, 0, json.length);
  }

  /** The member of this name whose value is an object; null if there is none. */
  @Nullable JsonObject object(String name) {
    Member member = member(name);
    return member == null || json[member.value()] != '{'
        ? null
        : within(json, member.value(), member.to());
  }

  /** The objects in the array that this member is; none if it is no array. */
  List<JsonObject> objects(String name) {
    Member member = member(name);
    if (member == null || json[member.value()] != '[') {
      return List.of();
    }
    List<JsonObject> objects = new ArrayList<>();
    int start = member.value();
    try (JsonParser in = Json.MAPPER.createParser(json, start, member.to() - start)) {
      in.nextToken();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.currentToken() == JsonToken.START_OBJECT) {
          objects.add(read(in, json, start));
        } else {
          in.skipChildren();
        }
      }
    }
    return objects;
  }

  /** The last member of this name, as most readers have it; null if there is none. */
  @Nullable Member member(String name) {
    return members.stream()
        .filter(it -> it.name().equals(name))
        .reduce((_, last) -> last)
        .orElse(null);
  }

  /** The place of its opening brace. */
  int from() {
    return from;
  }

  List<Member> members() {
    return members;
  }

  /** The object as it stands. */
  byte[] bytes() {
    return Arrays.copyOfRange(json, from, to);
  }

  private static JsonObject within(byte[] json, int from, int to) {
    try (JsonParser in = Json.MAPPER.createParser(json, from, to - from)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new StreamReadException(in, "no object");
      }
      return read(in, json, from);
    }
  }

  /** From its opening brace to its closing brace. */
  private static JsonObject read(JsonParser in, byte[] json, int offset) {
    int from = offset + begin(in);
    List<Member> members = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      int start = offset + begin(in);
      JsonToken kind = in.nextToken();
      int value = offset + begin(in);
      in.skipChildren();
      int end =
          kind.isStructStart()
              ? offset + (int) in.currentLocation().getByteOffset()
              : endOfScalar(json, value);
      members.add(new Member(json, name, start, value, end));
    }
    return new JsonObject(json, from, offset + (int) in.currentLocation().getByteOffset(), members);
  }

  private static int begin(JsonParser in) {
    return (int) in.currentTokenLocation().getByteOffset();
  }

  /** The parser need not have looked at the end yet. */
  private static int endOfScalar(byte[] json, int value) {
    int at = value;
    if (json[at] == '"') {
      for (at++; json[at] != '"'; at++) {
        at += json[at] == '\\' ? 1 : 0;
      }
      return at + 1;
    }
    while (at < json.length && ",]} \t\r\n".indexOf(json[at]) < 0) {
      at++;
    }
    return at;
  }

  /** A name and its value. */
  static final class Member {
    private static final int MOST = 32;

    private final byte[] json;
    private final String name;
    private final int from;
    private final int value;
    private final int to;

    private Member(byte[] json, String name, int from, int value, int to) {
      this.json = json;
      this.name = name;
      this.from = from;
      this.value = value;
      this.to = to;
    }

    String name() {
      return name;
    }

    /** Where the name's quote stands. */
    int from() {
      return from;
    }

    /** Where the value begins. */
    int value() {
      return value;
    }

    /** The place after the value. */
    int to() {
      return to;
    }

    /** Whether this is its value, blanks aside. Only for short ones. */
    boolean says(String expected) {
      return to - value <= MOST && text().replaceAll("[ \\t\\r\\n]", "").equals(expected);
    }

    /** The value as it stands. */
    String text() {
      return new String(json, value, to - value, StandardCharsets.UTF_8);
    }
  }
}
