package dev.groqchat.domain.model;

import dev.groqchat.domain.failure.ChatException;
import java.util.regex.Pattern;

/** A model's name as its provider writes it, such as {@code openai/gpt-oss-120b}. */
public record ModelId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}");

  public ModelId {
    if (!FORM.matcher(value).matches()) {
      throw ChatException.invalid("model", "model must be 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
