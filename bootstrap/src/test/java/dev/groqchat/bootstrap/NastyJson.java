package dev.groqchat.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What no well-behaved client sends, made from the pattern of a body in which {@code @} stands for
 * a value.
 */
final class NastyJson {
  private static final int DEEP = 100_000;
  private static final int MANY = 100_000;
  private static final int MEGABYTE = 1024 * 1024;

  /** Below a body's limit, with what stands around it. */
  private static final int LONG = MEGABYTE - 1000;

  private NastyJson() {}

  /** A body, and what is nasty about it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Sample(String what, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** What is no JSON, or not the object that every surface asks for: to be refused everywhere. */
  static List<Sample> broken(String pattern) {
    String good = pattern.replace("@", "\"hi\"");
    List<Sample> all = new ArrayList<>();
    add(all, "arrays without an end", "[".repeat(DEEP));
    add(all, "objects without an end", "{\"a\":".repeat(DEEP));
    add(all, "a value of deep arrays", with(pattern, "[".repeat(DEEP) + "]".repeat(DEEP)));
    add(
        all,
        "a value of deep objects",
        with(pattern, "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)));
    add(all, "a word behind it", good + "x");
    add(all, "itself again", good + good);
    add(all, "a bracket too much", good + "]");
    add(all, "a bracket too few", good.substring(0, good.length() - 1));
    add(all, "a NUL as it is", with(pattern, "\"a\0b\""));
    add(all, "a line feed as it is", with(pattern, "\"a\nb\""));
    add(all, "no number", with(pattern, "NaN"));
    add(all, "a lone minus", with(pattern, "-"));
    add(all, "an unfinished escape", with(pattern, "\"\\u12\""));
    add(all, "an unknown escape", with(pattern, "\"\\x41\""));
    add(all, "a name without quotes", "{a:1}");
    add(all, "a comment", "/**/" + good);
    add(all, "a key of a megabyte", "{\"" + "k".repeat(LONG) + "\":1}");
    for (String top : List.of("1", "\"x\"", "null", "true", "[]", "[[]]", " ", "{", "[", "\"")) {
      add(all, "at the top: " + top, top);
    }
    return all;
  }

  /** Bytes that are no text at all, or another encoding's: to be refused over HTTP. */
  static List<Sample> miscoded(String pattern) {
    List<Sample> all = new ArrayList<>();
    String[] sequences = {
      "\u00c0\u0080", // an overlong NUL
      "\u00c1\u00bf", // overlong
      "\u00e0\u0080\u00af", // an overlong slash
      "\u00ed\u00a0\u0080", // half a surrogate pair
      "\u00f8\u0088\u0080\u0080\u0080", // five bytes
      "\u00f4\u0090\u0080\u0080", // beyond the last character
      "\u00ff\u00fe",
      "\u00e2\u0082", // cut off
      "\u0080",
    };
    for (String sequence : sequences) {
      byte[] bytes = with(pattern, "\"a" + sequence + "b\"").getBytes(ISO_8859_1);
      all.add(new Sample("not UTF-8: " + escaped(sequence), bytes));
    }
    String good = pattern.replace("@", "\"hi\"");
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_32)) {
      all.add(new Sample("in " + charset, good.getBytes(charset)));
    }
    all.add(new Sample("nothing but NULs", new byte[100]));
    return all;
  }

  /** What is JSON, but means nothing good; some surfaces may well take some of it. */
  static List<Sample> odd(String pattern) {
    String good = pattern.replace("@", "\"hi\"");
    String inner = good.substring(1, good.length() - 1);
    List<Sample> all = new ArrayList<>();
    add(all, "everything twice", "{" + inner + "," + inner + "}");
    for (String value :
        List.of(
            "1e400",
            "-1e400",
            "1e-400",
            "1e2147483648",
            "1e99999999999999",
            "-0",
            "1.5",
            "-1",
            "2147483648",
            "9223372036854775808",
            "true",
            "null",
            "[]",
            "{}",
            "[null]",
            "{\"a\":1}",
            "\"\"",
            "\" \"",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"\\u0000\"",
            "\"a\\ud800b\"",
            "\"a\\udc00b\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0008\\u001b[31m\\u202e\"",
            "\"\\r\\nSet-Cookie: a=b\\r\\n\\r\\n\"")) {
      add(all, "the value " + value, with(pattern, value));
    }
    add(all, "a number of 100,000 digits", with(pattern, "9".repeat(MANY)));
    add(all, "a fraction of 100,000 digits", with(pattern, "0." + "9".repeat(MANY)));
    add(all, "a number of a megabyte", with(pattern, "9".repeat(LONG)));
    add(all, "a text of a megabyte", with(pattern, "\"" + "x".repeat(LONG) + "\""));
    add(all, "a text of escapes", with(pattern, "\"" + "\\u0041".repeat(LONG / 6) + "\""));
    add(all, "a byte order mark", "\ufeff" + good);
    add(all, "many numbers", with(pattern, "[" + "1,".repeat(MANY) + "1]"));
    add(all, "many objects", with(pattern, "[" + "{},".repeat(MANY) + "{}]"));
    add(all, "many texts", with(pattern, "[" + "\"\",".repeat(MANY) + "\"\"]"));
    add(all, "keys with one hash", "{" + inner + "," + twins() + "}");
    return all;
  }

  /** A good body with some bytes changed, left out or doubled. */
  static List<Sample> random(String pattern, int count, Random random) {
    byte[] good = pattern.replace("@", "\"hi \\u00e4 1e3\"").getBytes(UTF_8);
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample("random " + i, changed(good, random)))
        .toList();
  }

  private static byte[] changed(byte[] good, Random random) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    for (byte b : good) {
      switch (random.nextInt(24)) {
        case 0 -> {}
        case 1 -> {
          changed.write(b);
          changed.write(b);
        }
        case 2 -> changed.write(random.nextInt(256));
        case 3 -> changed.write("{}[]\",:\\0-e".charAt(random.nextInt(11)));
        default -> changed.write(b);
      }
    }
    return changed.toByteArray();
  }

  /** 16,384 keys whose {@link String#hashCode} is the same. */
  private static String twins() {
    return IntStream.range(0, 1 << 14)
        .mapToObj(number ->
            IntStream.range(0, 14)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining("", "\"", "\":1")))
        .collect(Collectors.joining(","));
  }

  private static String with(String pattern, String value) {
    return pattern.replace("@", value);
  }

  private static void add(List<Sample> all, String what, String body) {
    all.add(new Sample(what, body.getBytes(UTF_8)));
  }

  private static String escaped(String bytes) {
    return bytes.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
  }
}
