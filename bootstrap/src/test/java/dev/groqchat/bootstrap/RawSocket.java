package dev.groqchat.bootstrap;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket that says whatever it is told to. To be closed. */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private @Nullable WebSocket socket;

  private RawSocket() {}

  /**
   * Opens one.
   *
   * @param headers names and values in turns
   */
  static RawSocket open(URI address, String... headers) {
    RawSocket opened = new RawSocket();
    WebSocket.Builder builder = opened.client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI ws = URI.create(address.toString().replaceFirst("http", "ws"));
    opened.socket = builder.buildAsync(ws, opened.new Listener()).join();
    return opened;
  }

  RawSocket say(String text) {
    var _ = Objects.requireNonNull(socket).sendText(text, true).join();
    return this;
  }

  /** The next frame; fails if none comes. */
  String next() throws InterruptedException {
    String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  @Override
  public void close() {
    Objects.requireNonNull(socket).abort();
    client.close();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.add("closed: " + code);
      return null;
    }
  }
}
