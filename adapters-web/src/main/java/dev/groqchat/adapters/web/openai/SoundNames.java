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
  SoundNames(JsonParser in) {
    super(in);
  }

  @Override
  public @Nullable JsonToken nextToken() {
    JsonToken token = super.nextToken();
    if (token == JsonToken.PROPERTY_NAME && !Strict.sound(currentName())) {
      throw QuestionReader.invalid("a name in the body has an escape that stands for no character");
    }
    return token;
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
