package dev.groqchat.application.port.out;

import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.Encoding;

/**
 * Counts tokens. Thread-safe; takes time in proportion to the text, so that what is counted is
 * kept.
 */
public interface TokenCounter {
  /** The model's own encoding, or an estimate that says so. */
  Encoding encodingOf(ModelId model);

  /** How many tokens a text has. */
  int count(Encoding encoding, String text);
}
