package dev.groqchat.adapters.web.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * A parser that refuses names, at any depth, which another might read as different ones. What
 * stands in texts is left to who reads them: half a character is what cutting a text leaves.
 */
final class SoundNames extends JsonParserDelegate {
  private static final int SURROGATE = Character.SURROGATE;

  SoundNames(JsonParser in) {
    super(in);
  }

  @Override
  public @Nullable JsonToken nextToken() {
    JsonToken token = super.nextToken();
    if (token == JsonToken.PROPERTY_NAME && !sound(currentName())) {
      throw QuestionReader.invalid("a name in the body has an escape that stands for no character");
    }
    return token;
  }

  /** Whether all of a name are characters: no half of one, and no NUL, at which C stops. */
  private static boolean sound(String name) {
    return name.codePoints().noneMatch(it -> it == 0 || Character.getType(it) == SURROGATE);
  }

  /** By {@link #nextToken}: the parser would skip by its own. */
  @Override
  public JsonParser skipChildren() {
    JsonToken token = currentToken();
    int depth = token != null && token.isStructStart() ? 1 : 0;
    while (depth > 0) {
      JsonToken next = nextToken();
      if (next == null) {
        return this;
      }
      depth += next.isStructStart() ? 1 : next.isStructEnd() ? -1 : 0;
    }
    return this;
  }
}
