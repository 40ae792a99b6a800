package dev.groqchat.adapters.groq;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Touches up a stream's events, which are JSON objects, and leaves all else of them as it is. */
final class Frames {
  private static final String USAGE = "usage";
  private static final String X_GROQ = "x_groq";

  private Frames() {}

  /** What was used, as the event says it; null if it does not. */
  static byte @Nullable [] usageOf(byte[] frame) {
    JsonObject event = JsonObject.of(frame);
    JsonObject usage = event.object(USAGE);
    if (usage == null) {
      JsonObject groq = event.object(X_GROQ);
      usage = groq == null ? null : groq.object(USAGE);
    }
    return usage == null ? null : usage.bytes();
  }

  /** The event, saying in both places what was used, unless it does so already. */
  static byte[] withUsage(byte[] frame, byte[] usage) {
    String used = new String(usage, StandardCharsets.UTF_8);
    JsonObject event = JsonObject.of(frame);
    JsonPatch patch = new JsonPatch(frame);
    JsonObject groq = event.object(X_GROQ);
    if (groq == null) {
      patch.set(event, X_GROQ, "{\"usage\":" + used + "}");
    } else if (groq.object(USAGE) == null) {
      patch.set(groq, USAGE, used);
    }
    if (event.object(USAGE) == null) {
      patch.set(event, USAGE, used);
    }
    return patch.applied();
  }

  /** The event without an {@code "error":null}. */
  static byte[] withoutError(byte[] frame) {
    JsonPatch patch = new JsonPatch(frame);
    patch.strip(
        JsonObject.of(frame), member -> member.name().equals("error") && member.says("null"));
    return patch.applied();
  }
}
