package dev.groqchat.adapters.web.problem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 as it is defined (RFC 3629), such as without overlong forms, by which a filter is fooled.
 */
public final class Utf8 {
  private Utf8() {}

  /** The text that bytes are; null if they are not UTF-8. */
  public static @Nullable String text(byte[] bytes) {
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
}
