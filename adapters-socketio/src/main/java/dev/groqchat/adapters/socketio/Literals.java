package dev.groqchat.adapters.socketio;

/**
 * Looks at what stands in JSON outside of quotes: numbers and words. The library's parser reads a
 * number of any length, in a time that grows with the square of it: one of a megabyte takes many
 * seconds.
 */
final class Literals {
  /** More than any number here has digits. */
  private static final int LONGEST = 100;

  /** What ends a number or a word for the library's parser, besides the quotes at its beginning. */
  private static final String ENDS = ",:]}/\\\"[{;=#";

  private Literals() {}

  /**
   * Whether all are short. Takes quotes as the library does: also single ones, where a text may
   * begin.
   */
  static boolean areShort(String json) {
    int length = 0;
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c == '"' || (c == '\'' && length == 0)) {
        at = endOfText(json, at);
        length = 0;
      } else if (c < ' ' || ENDS.indexOf(c) >= 0) {
        length = 0;
      } else if (c != ' ' || length > 0) {
        length++;
      }
      if (length > LONGEST) {
        return false;
      }
    }
    return true;
  }

  private static int endOfText(String json, int begin) {
    int at = begin + 1;
    while (at < json.length() && json.charAt(at) != json.charAt(begin)) {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}
