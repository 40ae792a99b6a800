package dev.groqchat.adapters.groq;

import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the provider's JSON. */
final class Json {
  /** Thread-safe. */
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}
}
