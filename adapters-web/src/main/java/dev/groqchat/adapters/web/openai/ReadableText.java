package dev.groqchat.adapters.web.openai;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Gathers what of a question the model reads, to estimate its size by: all texts of the messages,
 * and what tools and formats are described by, as it is. Keeps its beginning, and its length.
 */
final class ReadableText {
  /** Say what something is, and are no part of what is said. */
  private static final Set<String> LABELS = Set.of("role", "type", "id", "tool_call_id", "detail");

  /** Hold pictures, sounds and files: addresses, or megabytes of base64. */
  private static final Set<String> PICTURES = Set.of("image_url", "input_audio", "file");

  /**
   * Counts as about a thousand tokens, whatever the picture: providers count the tiles that they
   * cut it into, some hundred to some thousand tokens, and never its bytes. By its base64 a photo
   * would fit into no window.
   */
  private static final String PICTURE = " picture".repeat(1_000);

  /** Providers take some few; beyond it they would only make this text long. */
  private static final int MOST_PICTURES = 100;

  /** So many chars are kept, of which the rest is estimated. */
  static final int MOST_CHARS = 1 << 20;

  private final String words;
  private final StringBuilder text = new StringBuilder();
  private long length;
  private int pictures;

  /**
   * Nothing yet.
   *
   * @param words the whole question, which the parser reads
   */
  ReadableText(String words) {
    this.words = words;
  }

  /**
   * Adds the messages' texts, and reads to their end.
   *
   * @return whether these are messages: an array, and not empty
   */
  boolean addMessages(JsonParser in) {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    int tokens = 0;
    int depth = 1;
    @Nullable String name = null;
    while (depth > 0) {
      tokens++;
      switch (in.nextToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case PROPERTY_NAME -> {
          name = in.currentName();
          addIfPicture(name, in);
        }
        case VALUE_STRING -> addSaid(name, in);
        default -> {}
      }
    }
    return tokens > 1;
  }

  private void addIfPicture(String name, JsonParser in) {
    if (PICTURES.contains(name)) {
      in.nextToken();
      in.skipChildren();
      if (pictures++ < MOST_PICTURES) {
        add(PICTURE, 0, PICTURE.length());
      }
    }
  }

  private void addSaid(@Nullable String name, JsonParser in) {
    if (name == null || !LABELS.contains(name)) {
      String said = in.getString();
      add(said, 0, said.length());
    }
  }

  private void add(String part, int begin, int end) {
    text.append(part, begin, Math.min(end, begin + MOST_CHARS - text.length()));
    if (text.length() < MOST_CHARS) {
      text.append('\n');
    }
    length += end - begin + 1;
  }

  /** How long the whole of it is, in chars. */
  long length() {
    return length;
  }

  /** Adds an array or an object as it is written, and reads to its end. */
  void addWhole(JsonParser in) {
    if (in.currentToken().isStructStart()) {
      int begin = (int) in.currentTokenLocation().getCharOffset();
      in.skipChildren();
      int end = (int) in.currentLocation().getCharOffset();
      add(words, begin, end);
    }
  }

  /** Its beginning: all of it up to {@link #MOST_CHARS}. */
  @Override
  public String toString() {
    return text.toString();
  }
}
