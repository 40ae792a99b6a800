package dev.groqchat.domain.turn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Lets a follower check that it has the whole text.
 *
 * @param length in code points
 * @param sha256 of the text's UTF-8, in lower-case hex
 */
public record TextDigest(int length, String sha256) {
  public static TextDigest of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new TextDigest(text.codePointCount(0, text.length()), HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
