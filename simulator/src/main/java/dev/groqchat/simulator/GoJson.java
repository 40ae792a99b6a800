package dev.groqchat.simulator;

import java.math.BigDecimal;
import java.util.HexFormat;

/** JSON as Go's encoder writes it, because that is what the provider's bytes are made of. */
final class GoJson {
  private static final HexFormat HEX = HexFormat.of();

  private GoJson() {}

  /** The text as a JSON string, in quotes. */
  static String quote(String text) {
    var json = new StringBuilder(text.length() + 16).append('"');
    escape(text, false, json);
    return json.append('"').toString();
  }

  /**
   * Appends the text, escaped: {@code <>&} and the line separators U+2028 and U+2029 as Go does,
   * all else that is not ASCII raw. With {@code rawBreaks} the two separators stay raw, which other
   * providers do and which breaks readers that split lines at them.
   */
  static void escape(String text, boolean rawBreaks, StringBuilder json) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '<', '>', '&' -> hex(c, json);
        case '\u2028', '\u2029' -> {
          if (rawBreaks) json.append(c);
          else hex(c, json);
        }
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) hex(c, json);
          else json.append(c);
        }
      }
    }
  }

  /** Nanoseconds as seconds, a JSON number: {@code 0.030590271}. */
  static String seconds(long nanos) {
    return nanos == 0 ? "0" : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  private static void hex(char c, StringBuilder json) {
    json.append("\\u").append(HEX.toHexDigits(c));
  }

  /** Half a pair cannot be written as UTF-8, and must not become a question mark. */
  private static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c))
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
