package dev.groqchat.adapters.web.openai;

/** Text that means the same to everybody who reads it. */
final class Strict {
  private static final int HEX = 16;

  /** The backslash, the u, and four digits. */
  private static final int ESCAPE = 6;

  private Strict() {}

  /**
   * Whether all escapes stand for characters: none for half of one, and none for NUL, at which
   * whatever is written in C may stop.
   *
   * @param json that was found valid, from UTF-8
   */
  static boolean escapes(String json) {
    int at = json.indexOf('\\');
    while (at >= 0) {
      int length = json.charAt(at + 1) == 'u' ? unicode(json, at) : 2;
      if (length == 0) {
        return false;
      }
      at = json.indexOf('\\', at + length);
    }
    return true;
  }

  /** How long an escape is, with its other half; 0 if it stands for no character. */
  private static int unicode(String json, int at) {
    char c = digits(json, at);
    if (c == 0 || Character.isLowSurrogate(c)) {
      return 0;
    }
    if (!Character.isHighSurrogate(c)) {
      return ESCAPE;
    }
    int half = at + ESCAPE;
    return json.startsWith("\\u", half) && Character.isLowSurrogate(digits(json, half))
        ? 2 * ESCAPE
        : 0;
  }

  private static char digits(String json, int at) {
    return (char) Integer.parseInt(json, at + 2, at + ESCAPE, HEX);
  }
}
