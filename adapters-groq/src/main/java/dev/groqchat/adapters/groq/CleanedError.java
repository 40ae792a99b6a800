package dev.groqchat.adapters.groq;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider has against a question, without anything about us: of its error object only what
 * is listed here survives, and of its message no sentence that names an organisation, a service
 * tier or a bill. Bounded.
 *
 * @param message for people
 * @param words the error in the provider's own form, a JSON object
 */
record CleanedError(String message, String words) {
  private static final int MAX_MESSAGE = 2_000;

  /** It is the client's own: a call of a function that could not be read, for instance. */
  private static final int MAX_GENERATION = 64_000;

  private static final String NOTHING_LEFT = "the model provider refused the request";

  /** What Groq puts amid a sentence that is worth keeping. */
  private static final Pattern WHOSE =
      Pattern.compile(
          "\\s+in organization\\s+\\S+(?:\\s+service tier\\s+\\S+)?(?=\\s|$)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
  private static final Pattern URL = Pattern.compile("(?i)\\bhttps?://\\S*[^\\s.,;:!?)\"'`\\]]");
  private static final Pattern OURS =
      Pattern.compile(
          "\\borg_|\\borgani[sz]ation\\b|service tier|billing|\\bupgrade\\b|\\bdev tier\\b"
              + "|console\\.|\\bapi[ _-]?key\\b|\\bgsk_|\\bsk-|\\bcredits?\\b|need more tokens|\\baccount settings\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[\\w.\\[\\]$/-]{1,200}");

  /** The error object of a body or an event; a text alone counts as its message. */
  static CleanedError of(JsonNode error) {
    String text = error.isString() ? error.stringValue() : error.path("message").asString("");
    ObjectNode clean = Json.MAPPER.createObjectNode();
    String message = message(text);
    clean.put("message", message);
    copyWord(error, "type", clean);
    copyWord(error, "code", clean);
    copyWord(error, "param", clean);
    if (error.path("failed_generation").isString()) {
      String own = error.path("failed_generation").stringValue();
      clean.put("failed_generation", bounded(own, MAX_GENERATION));
    }
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("error", clean);
    return new CleanedError(message, Json.MAPPER.writeValueAsString(whole));
  }

  private static void copyWord(JsonNode from, String name, ObjectNode to) {
    JsonNode value = from.path(name);
    boolean isWord = value.isString() && WORD.matcher(value.stringValue()).matches();
    if (isWord || value.isInt()) {
      to.set(name, value);
    }
  }

  /** A provider's message without the sentences that are about us. */
  static String message(String text) {
    StringBuilder kept = new StringBuilder();
    String told = WHOSE.matcher(bounded(text, 2 * MAX_MESSAGE)).replaceAll("");
    for (String sentence : SENTENCE_END.split(told.strip(), -1)) {
      if (!OURS.matcher(sentence).find()) {
        kept.append(kept.isEmpty() ? "" : " ").append(URL.matcher(sentence).replaceAll("(link)"));
      }
    }
    return kept.isEmpty() ? NOTHING_LEFT : bounded(kept.toString(), MAX_MESSAGE);
  }

  private static String bounded(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean amidPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, amidPair ? most - 1 : most);
  }
}
