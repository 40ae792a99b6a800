package dev.groqchat.adapters.groq;

import java.nio.charset.StandardCharsets;

/** A chunk in Groq's shape, as it comes for every token. */
final class Chunks {
  static final String TEXT = " token";
  static final String JSON =
      "{\"id\":\"chatcmpl-8087db6b-9ee2-4b1c-9d1c-5f2f6c1d7a3e\","
          + "\"object\":\"chat.completion.chunk\",\"created\":1786530508,"
          + "\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_ef00694abe\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
          + TEXT
          + "\"},\"logprobs\":null,\"finish_reason\":null}]}";

  private Chunks() {}

  static byte[] json() {
    return JSON.getBytes(StandardCharsets.UTF_8);
  }

  /** As an event of a stream. */
  static byte[] frame() {
    return ("data: " + JSON + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
