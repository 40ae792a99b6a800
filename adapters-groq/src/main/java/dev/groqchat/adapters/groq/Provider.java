package dev.groqchat.adapters.groq;

import java.util.Locale;

/** Whose API it is, where that makes a difference on the wire. */
public enum Provider {
  /** Groq, and whoever speaks as it does. */
  GROQ("/openai/v1"),
  /** OpenRouter, which wants to know who asks. */
  OPENROUTER("/api/v1");

  private final String path;

  Provider(String path) {
    this.path = path;
  }

  /** Where the API lies on a host. */
  String path() {
    return path;
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
