package dev.groqchat.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the upstream is to answer: told by the question's own text, so that whatever stands between
 * carries it along.
 *
 * @param tokens how many
 * @param rate tokens a second; 0 for all at once
 * @param from the first token's number: the answer is " 123456 123457 ..."
 * @param fault what is to be wrong with it
 * @param at the token, from 0, where it is wrong
 */
record Pace(int tokens, int rate, int from, Fault fault, int at) {
  /** Every number has six digits. */
  static final int SMALLEST = 100_000;

  static final int LARGEST = 999_999;

  private static final byte[] NAME = "pace tokens=".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern FORM =
      Pattern.compile("pace tokens=(\\d+) rate=(\\d+) from=(\\d+) fault=([a-z]+) at=(\\d+).*");
  private static final int LONGEST = 100;

  /** Mistakes that a check must find. */
  enum Fault {
    NONE,
    WRONG,
    MISSING,
    TWICE,
    SHORT,
    CUT,
    ERROR
  }

  Pace {
    if (tokens < 1 || rate < 0 || at < 0 || from < SMALLEST || from + tokens - 1 > LARGEST) {
      throw new IllegalArgumentException("no such pace: " + tokens + " at " + rate);
    }
  }

  static Pace sound(int tokens, int rate, int from) {
    return new Pace(tokens, rate, from, Fault.NONE, 0);
  }

  /** The text that asks for it. */
  String question(String unique) {
    return "pace tokens=%d rate=%d from=%d fault=%s at=%d n=%s"
        .formatted(tokens, rate, from, fault.name().toLowerCase(Locale.ROOT), at, unique);
  }

  /** The last one asked for in a body: earlier ones are the conversation's history. */
  static Pace lastIn(byte[] body) {
    int start = Bytes.lastIndexOf(NAME, body, body.length);
    if (start < 0) {
      return sound(20, 0, SMALLEST);
    }
    int length = Math.min(LONGEST, body.length - start);
    Matcher found = FORM.matcher(new String(body, start, length, StandardCharsets.ISO_8859_1));
    if (!found.lookingAt()) {
      throw new IllegalArgumentException("no pace can be read");
    }
    return new Pace(
        Integer.parseInt(found.group(1)),
        Integer.parseInt(found.group(2)),
        Integer.parseInt(found.group(3)),
        Fault.valueOf(found.group(4).toUpperCase(Locale.ROOT)),
        Integer.parseInt(found.group(5)));
  }
}
