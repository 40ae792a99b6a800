package dev.groqchat.adapters.web.openai;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text that means the same to everybody who reads it. */
final class Strict {
  private static final int SURROGATE = Character.SURROGATE;

  private Strict() {}

  /** UTF-8 as it is defined; null if it is not, such as of an overlong form. */
  static @Nullable String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // What cannot be decoded has become one of these; but they may also be meant.
    return text.indexOf('\uFFFD') < 0 || decodes(bytes) ? text : null;
  }

  private static boolean decodes(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** Whether all of a name are characters: no half of one, and no NUL, at which C stops. */
  static boolean sound(String name) {
    return name.codePoints().noneMatch(it -> it == 0 || Character.getType(it) == SURROGATE);
  }
}
