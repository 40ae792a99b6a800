package dev.groqchat.adapters.groq;

/**
 * Keeps a text that comes in pieces well-formed: a pair that is split over two pieces comes out
 * with the second, and a half without its other half as U+FFFD. A lone half has no UTF-8. For one
 * thread.
 */
final class SurrogateMender {
  private static final char REPLACEMENT = '\uFFFD';

  /** A high half whose other half may come with the next piece; 0 if there is none. */
  private char held;

  /** What can be given now; may be empty. */
  String add(String piece) {
    if (piece.isEmpty() || (held == 0 && isPlain(piece))) {
      return piece;
    }
    String whole = held == 0 ? piece : held + piece;
    held = 0;
    int end = whole.length();
    if (Character.isHighSurrogate(whole.charAt(end - 1))) {
      held = whole.charAt(--end);
    }
    return mended(whole, end);
  }

  /** What was held back, when there is nothing more to come; may be empty. */
  String flush() {
    boolean lone = held != 0;
    held = 0;
    return lone ? String.valueOf(REPLACEMENT) : "";
  }

  private static boolean isPlain(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (Character.isSurrogate(piece.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String mended(String text, int end) {
    StringBuilder out = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (i + 1 < end && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append(REPLACEMENT);
      }
    }
    return out.toString();
  }
}
