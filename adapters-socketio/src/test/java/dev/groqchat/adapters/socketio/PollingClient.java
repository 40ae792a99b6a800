package dev.groqchat.adapters.socketio;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.json.JSONObject;

/** A client that only polls. */
final class PollingClient extends Client {
  private final URI address;
  private volatile boolean here = true;

  private PollingClient(URI service, String sid) {
    super(service);
    address = URI.create(service + "/socket.io/?EIO=4&transport=polling&sid=" + sid);
  }

  static PollingClient open(URI service, String query, String... headers) throws Exception {
    PollingClient client = silent(service, query, headers);
    Thread.ofVirtual().start(client::poll);
    return client;
  }

  /** One that does not poll by itself. */
  static PollingClient silent(URI service, String query, String... headers) throws Exception {
    HttpResponse<String> answer = handshake(service, query, headers);
    if (answer.statusCode() != 200 || !answer.body().startsWith("0{")) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return new PollingClient(service, new JSONObject(answer.body().substring(1)).getString("sid"));
  }

  static HttpResponse<String> handshake(URI service, String query, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + "/socket.io/?EIO=4&transport=polling" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  URI address() {
    return address;
  }

  private void poll() {
    try {
      while (here && pollOnce()) {
        // Again.
      }
    } catch (Exception e) {
      here = false;
    }
    came(CLOSED);
  }

  /** Takes what there is; false if that was the end. */
  boolean pollOnce() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return false;
    }
    List<String> packets = List.of(answer.body().split("\u001e"));
    packets.stream().filter(packet -> !packet.equals("1")).forEach(this::came);
    return !packets.contains("1");
  }

  @Override
  void send(String packet) throws Exception {
    HttpResponse<String> answer = post(packet);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
  }

  HttpResponse<String> post(String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/plain;charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Nothing shows that one who polls has gone: it says so. */
  @Override
  void vanish() {
    here = false;
    try {
      var _ = post("1");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
