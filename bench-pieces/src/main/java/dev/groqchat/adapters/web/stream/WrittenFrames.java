package dev.groqchat.adapters.web.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Frames as a stream writes them, but to nowhere. For one thread. */
public final class WrittenFrames {
  private final Frames frames =
      new Frames(
          JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
  private final OutputStream nowhere = OutputStream.nullOutputStream();

  /** To be written next. */
  public Frames frames() {
    return frames;
  }

  /** Writes, and begins anew. */
  public Frames write() throws IOException {
    frames.writeTo(nowhere);
    return frames;
  }

  /** The same for somebody who wants to see it. */
  public String written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
