package dev.groqchat.adapters.socketio;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A client with a WebSocket, from the beginning or after polling. */
final class SocketClient extends Client implements WebSocket.Listener {
  private final StringBuilder text = new StringBuilder();
  private volatile @Nullable WebSocket socket;
  volatile int code;

  /** Whether it reads what it is sent. */
  volatile boolean reads = true;

  private SocketClient(URI service) {
    super(service);
  }

  static SocketClient open(URI service, String query, String... headers) throws Exception {
    SocketClient client = new SocketClient(service);
    client.attach(query, headers);
    if (!client.next().startsWith("0{")) {
      throw new AssertionError("no handshake");
    }
    return client;
  }

  /** The status with which a socket is refused. */
  static int refused(URI service, String query, String... headers) throws Exception {
    SocketClient client = new SocketClient(service);
    try {
      client.attach(query, headers);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        return refusal.getResponse().statusCode();
      }
      throw e;
    }
    throw new AssertionError("it was let in");
  }

  /** Begins with polling, as browsers do, and goes on with a WebSocket. */
  static SocketClient upgrading(URI service, String... headers) throws Exception {
    PollingClient before = PollingClient.silent(service, "", headers);
    SocketClient client = new SocketClient(service);
    String sid = before.address().getQuery().replaceAll(".*sid=", "");
    client.attach("&sid=" + sid);
    client.send("2probe");
    if (!client.next().equals("3probe")) {
      throw new AssertionError("no answer to the probe");
    }
    client.send("5");
    return client;
  }

  private void attach(String query, String... headers) throws Exception {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int index = 0; index < headers.length; index += 2) {
      builder.header(headers[index], headers[index + 1]);
    }
    String address = service + "/socket.io/?EIO=4&transport=websocket" + query;
    socket = builder.buildAsync(URI.create(address.replaceFirst("http", "ws")), this).get();
  }

  private WebSocket socket() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String packet = text.toString();
      text.setLength(0);
      came(packet);
    }
    if (reads) {
      webSocket.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    code = status;
    came(CLOSED);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    came(CLOSED);
  }

  @Override
  void send(String packet) throws Exception {
    var _ = socket().sendText(packet, true).get();
  }

  @Override
  void vanish() {
    socket().abort();
  }
}
