package dev.groqchat.adapters.web.stream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes the line breaks that Unicode has and server-sent events have not. Clients in Python split
 * what they read at them, in the middle of an event's JSON.
 */
final class LineBreaks extends CharacterEscapes {
  static final LineBreaks ESCAPED = new LineBreaks();

  @Serial private static final long serialVersionUID = 1L;

  private static final SerializedString NEXT_LINE = new SerializedString("\\u0085");
  private static final SerializedString LINE_SEPARATOR = new SerializedString("\\u2028");
  private static final SerializedString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

  private LineBreaks() {}

  /**
   * The same for JSON that is written already. These characters stand within its strings alone; a
   * line feed or a carriage return stands between its words alone, where a blank does as well.
   */
  static String escape(String json) {
    for (int at = 0; at < json.length(); at++) {
      if (breaks(json.charAt(at))) {
        return escape(json, at);
      }
    }
    return json;
  }

  private static String escape(String json, int from) {
    StringBuilder escaped = new StringBuilder(json.length() + 16).append(json, 0, from);
    for (int at = from; at < json.length(); at++) {
      char c = json.charAt(at);
      switch (c) {
        case '\n', '\r' -> escaped.append(' ');
        case 0x85 -> escaped.append(NEXT_LINE.getValue());
        case 0x2028 -> escaped.append(LINE_SEPARATOR.getValue());
        case 0x2029 -> escaped.append(PARAGRAPH_SEPARATOR.getValue());
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean breaks(char c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return standardAsciiEscapesForJSON();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int ch) {
    return switch (ch) {
      case 0x85 -> NEXT_LINE;
      case 0x2028 -> LINE_SEPARATOR;
      case 0x2029 -> PARAGRAPH_SEPARATOR;
      default -> null;
    };
  }
}
