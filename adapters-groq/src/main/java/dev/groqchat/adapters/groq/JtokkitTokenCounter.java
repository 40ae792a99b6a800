package dev.groqchat.adapters.groq;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.Encoding;
import java.util.regex.Pattern;

/**
 * Counts with OpenAI's o200k_base, which is the own encoding of gpt-oss (as o200k_harmony, whose
 * additions are control tokens and never come from text), gpt-4o, gpt-4.1, gpt-5 and the o series.
 * Thread-safe; takes time in proportion to the text, also where that is one long word.
 *
 * <p>Elsewhere that count and a fifth more is the estimate: Llama's, Qwen's and Mistral's
 * vocabularies are of the same kind, but smaller, and cut other languages than English finer. An
 * estimate too high leaves out an old exchange a little early; one too low fails the turn.
 */
final class JtokkitTokenCounter implements TokenCounter {
  static final Encoding EXACT = new Encoding("o200k_base", true);
  static final Encoding ESTIMATE = new Encoding("estimate", false);

  private static final Pattern O200K =
      Pattern.compile(
          "(?:openai/)?(?:gpt-oss|gpt-4o|chatgpt-4o|gpt-4\\.1|gpt-4\\.5|gpt-5|o[1-9]).*");

  private final com.knuddels.jtokkit.api.Encoding o200k =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  @Override
  public Encoding encodingOf(ModelId model) {
    return O200K.matcher(model.value()).matches() ? EXACT : ESTIMATE;
  }

  @Override
  public int count(Encoding encoding, String text) {
    if (encoding.equals(EXACT)) {
      return exact(text);
    }
    if (encoding.equals(ESTIMATE)) {
      return Math.ceilDiv(exact(text) * 6, 5);
    }
    throw new IllegalArgumentException("no such encoding here: " + encoding.name());
  }

  /** What looks like a control token is what somebody wrote, and counted as such. */
  private int exact(String text) {
    return o200k.countTokensOrdinary(text);
  }
}
