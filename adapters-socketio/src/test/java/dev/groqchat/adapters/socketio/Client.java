package dev.groqchat.adapters.socketio;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** Speaks Engine.IO 4 and Socket.IO 5 by hand. */
abstract class Client implements AutoCloseable {
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final String CLOSED = "closed";

  private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
  final URI service;
  boolean answersPings = true;

  Client(URI service) {
    this.service = service;
  }

  /** How a client may come. */
  enum Transport {
    POLLING,
    WEBSOCKET,
    UPGRADED;

    Client open(URI service, String... headers) throws Exception {
      return switch (this) {
        case POLLING -> PollingClient.open(service, "", headers);
        case WEBSOCKET -> SocketClient.open(service, "", headers);
        case UPGRADED -> SocketClient.upgrading(service, headers);
      };
    }
  }

  /** Sends a packet of Engine.IO. */
  abstract void send(String packet) throws Exception;

  /** Leaves as whoever pulls the plug. */
  abstract void vanish();

  /** Takes what came, and says that it is there. */
  void came(String packet) {
    if (packet.equals("2") && answersPings) {
      try {
        send("3");
      } catch (Exception e) {
        packets.add(CLOSED);
      }
    } else if (!packet.equals("6")) {
      packets.add(packet);
    }
  }

  String next() throws InterruptedException {
    String packet = packets.poll(20, TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("nothing came");
    }
    return packet;
  }

  boolean nothingCame() {
    return packets.isEmpty();
  }

  /** Connects, and gives the session's id. */
  String connect(@Nullable String token) throws Exception {
    send(token == null ? "40" : "40" + new JSONObject().put("token", token));
    if (!next().startsWith("40{\"sid\":\"")) {
      throw new AssertionError("not connected");
    }
    String session = event("session_id").getString("session_id");
    event("bot_message");
    return session;
  }

  String connect() throws Exception {
    return connect(null);
  }

  /** What comes with the next event, which must have this name. */
  JSONObject event(String name) throws InterruptedException {
    String packet = next();
    if (!packet.startsWith("42")) {
      throw new AssertionError(packet);
    }
    JSONArray event = new JSONArray(packet.substring(2));
    if (!event.getString(0).equals(name)) {
      throw new AssertionError(packet);
    }
    return event.getJSONObject(1);
  }

  void says(String session, @Nullable Object message) throws Exception {
    emits(
        new JSONObject()
            .put("session_id", session)
            .put("message", message == null ? JSONObject.NULL : message));
  }

  void emits(Object payload) throws Exception {
    send("42" + new JSONArray().put("user_message").put(payload));
  }

  /** Everything up to the end of the connection. */
  List<String> rest() throws InterruptedException {
    List<String> rest = new ArrayList<>();
    for (String packet = next(); !packet.equals(CLOSED); packet = next()) {
      rest.add(packet);
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    vanish();
  }
}
