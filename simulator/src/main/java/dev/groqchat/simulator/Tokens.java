package dev.groqchat.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * An estimate of tokens: a word with the blank before it, cut after {@value #LONGEST} characters; a
 * punctuation mark; a run of line breaks. What is counted is what is streamed, so usage and frames
 * agree.
 */
final class Tokens {
  private static final int LONGEST = 8;

  private Tokens() {}

  /** The text in pieces; joined they are the text again. Surrogate pairs stay whole. */
  static List<String> split(String text) {
    var pieces = new ArrayList<String>();
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from);
      pieces.add(text.substring(from, to));
      from = to;
    }
    return List.copyOf(pieces);
  }

  static int count(String text) {
    int count = 0;
    for (int from = 0; from < text.length(); from = end(text, from)) count++;
    return count;
  }

  private static int end(String text, int from) {
    int at = from;
    if (text.charAt(at) == '\n') {
      while (at < text.length() && text.charAt(at) == '\n' && at - from < LONGEST) at++;
      return at;
    }
    if (text.charAt(at) == ' ') at++;
    int word = at;
    while (at < text.length() && at - from < LONGEST) {
      int c = text.codePointAt(at);
      if (!Character.isLetterOrDigit(c)) break;
      at += Character.charCount(c);
    }
    if (at > word || at == text.length()) return at;
    return at + Character.charCount(text.codePointAt(at));
  }
}
