package dev.groqchat.adapters.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a socket, which reads all the time. To be closed. */
final class Client implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final AtomicInteger pings = new AtomicInteger();
  private @Nullable WebSocket socket;

  private Client() {}

  /** Says something as it is. */
  Client say(String text) {
    socket().sendText(text, true).join();
    return this;
  }

  /** Says some JSON, with single quotes for double ones. */
  Client ask(String json, Object... values) {
    return say(json.replace('\'', '"').formatted(values));
  }

  Client sayBinary(byte... bytes) {
    socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
    return this;
  }

  /** The next frame; fails if none comes, or the socket is closed before. */
  JsonNode next() {
    try {
      JsonNode frame = frames.poll(Service.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(frame).as("a frame; closed: %s", closed.getNow(null)).isNotNull();
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next frame, which must be of a type. */
  JsonNode next(String type) {
    JsonNode frame = next();
    assertThat(type(frame)).as("%s", frame).isEqualTo(type);
    return frame;
  }

  /** All frames up to and including one of some types. */
  List<JsonNode> upTo(String... types) {
    List<JsonNode> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!List.of(types).contains(type(all.getLast())));
    return all;
  }

  /** All frames of a turn, up to and including its end. */
  List<JsonNode> toEnd() {
    return upTo("finished", "stopped", "failed");
  }

  /** Whether there is nothing to read now. */
  boolean quiet() {
    return frames.isEmpty();
  }

  /** An answer to a ping comes after everything that was to be said before it. */
  List<JsonNode> untilPong() {
    ask("{'type':'ping','ref':'sync'}");
    return upTo("pong");
  }

  static String type(JsonNode frame) {
    return frame.path("type").asString("");
  }

  static String text(List<JsonNode> frames) {
    StringBuilder text = new StringBuilder();
    for (JsonNode frame : frames) {
      if (type(frame).equals("delta")) {
        text.append(frame.get("text").stringValue());
      }
    }
    return text.toString();
  }

  /** Waits for the end of the socket; the code that it was closed with, -1 if it broke. */
  int awaitClose() {
    return closed.orTimeout(Service.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  int pings() {
    return pings.get();
  }

  String protocol() {
    return socket().getSubprotocol();
  }

  /** Goes without a word. */
  void vanish() {
    socket().abort();
  }

  @Override
  public void close() {
    WebSocket open = socket();
    if (!open.isOutputClosed() && !closed.isDone()) {
      var _ = open.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> open);
      int _ = awaitClose();
    }
    open.abort();
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket, "not connected");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      pings.incrementAndGet();
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable e) {
      closed.complete(-1);
    }
  }

  /** A socket that is about to be opened. */
  static final class Opening {
    private final WebSocket.Builder builder;
    private final URI address;

    Opening(HttpClient client, URI address) {
      this.builder = client.newWebSocketBuilder();
      this.address = address;
    }

    Opening header(String name, String value) {
      builder.header(name, value);
      return this;
    }

    Opening protocols(String first, String... others) {
      builder.subprotocols(first, others);
      return this;
    }

    Client connect() {
      Client client = new Client();
      client.socket = builder.buildAsync(address, client.new Listener()).join();
      return client;
    }

    /** The answer of a handshake that must fail. */
    HttpResponse<?> refused() {
      try (Client client = connect()) {
        throw new AssertionError("opened: " + client.socket());
      } catch (CompletionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refusal) {
          return refusal.getResponse();
        }
        throw new AssertionError(e);
      }
    }
  }
}
