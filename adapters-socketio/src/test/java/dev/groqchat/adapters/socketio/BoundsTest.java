package dev.groqchat.adapters.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.socketio.Client.Transport;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not come in, and what must not stay. */
class BoundsTest extends OverSocketIo {
  private HttpResponse<String> answer(String method, String query, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service() + "/socket.io/" + query))
            .method(method, HttpRequest.BodyPublishers.ofString("x"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Client.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?EIO=3&transport=polling",
        "?EIO=4",
        "?EIO=4&transport=pigeon",
        "?EIO=4&transport=websocket",
        "?EIO=4&transport=polling&j=0",
        "?EIO=4&transport=polling&sid=unknown",
        "?EIO=4&transport=polling&t=1&t=2",
        "?EIO=4&transport=polling&=",
      })
  void nonsenseIsABadRequest(String query) throws Exception {
    HttpResponse<String> answer = answer("GET", query);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":").doesNotContain("Exception");
  }

  @Test
  void aConnectionBeginsWithAGet() throws Exception {
    assertThat(answer("POST", "?EIO=4&transport=polling").statusCode()).isEqualTo(400);
    HttpResponse<String> put = answer("PUT", "?EIO=4&transport=polling");
    assertThat(put.statusCode()).isIn(403, 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4",
        "49",
        "4x",
        "40[]",
        "42",
        "42{}",
        "42[",
        "42[null]",
        "44{\"message\":\"x\"}",
        "451-[\"user_message\",{\"_placeholder\":true,\"num\":0}]",
        "450-[\"x\"]",
        "42[\"early\"]"
      })
  void whatIsNoPacketEndsTheConnection(String packet) throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.send(packet);

      assertThat(client.rest()).isEmpty();
    }
    try (PollingClient client = PollingClient.open(service(), "")) {
      client.send(packet);

      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void deeplyNestedJsonEndsTheConnectionAndNothingElse() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.connect();
      client.send("42" + "[".repeat(60_000));

      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void nonsenseInAPostIsABadRequestOrTheEnd() throws Exception {
    for (String body : new String[] {"", "x", "7", "b!", "9\u001e"}) {
      PollingClient client = PollingClient.silent(service(), "");
      assertThat(client.post(body).statusCode()).as(body).isEqualTo(400);
      client.vanish();
    }
  }

  @Test
  void connectingTwiceEndsTheConnection() throws Exception {
    try (Client client = Transport.WEBSOCKET.open(service())) {
      client.connect();
      client.send("40");

      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void pollingTwiceAtOnceEndsTheConnection() throws Exception {
    PollingClient client = PollingClient.open(service(), "");
    client.connect();
    // Now one poll is waiting; which of them is told how is not ours to say.
    Eventually.holds(
        "the overlap is noticed",
        () -> {
          try {
            return !client.pollOnce() || connections.size() == 0;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    Eventually.holds("it is over", () -> connections.size() == 0);
  }

  @Test
  void aBodyOverTheLimitIsTooLarge() throws Exception {
    PollingClient client = PollingClient.silent(service(), "");
    assertThat(client.post("4" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
    HttpRequest unannounced =
        HttpRequest.newBuilder(client.address())
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[70_000])))
            .build();
    assertThat(Client.HTTP.send(unannounced, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(413);
    client.vanish();
  }

  @Test
  void aBodyThatComesInPiecesIsReadWhole() throws Exception {
    PollingClient client = PollingClient.open(service(), "");
    String session = client.connect();
    String packet =
        "42[\"user_message\",{\"session_id\":\""
            + session
            + "\",\"message\":\"pieces\",\"more\":\""
            + "x".repeat(60_000)
            + "\"}]";
    HttpRequest chunked =
        HttpRequest.newBuilder(client.address())
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(() ->
                    new ByteArrayInputStream(
                        packet.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
            .build();

    assertThat(Client.HTTP.send(chunked, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo("ok");
    assertThat(client.event("bot_message").getString("message")).isEqualTo("re: pieces");
    client.vanish();
  }

  @Test
  void aFrameOverTheLimitClosesTheSocket() throws Exception {
    try (SocketClient client = SocketClient.open(service(), "")) {
      client.connect();
      client.send("4" + "x".repeat(70_000));

      assertThat(client.rest()).isEmpty();
      assertThat(client.code).isEqualTo(1009);
    }
  }

  @Test
  void whoAsksAndNeverPollsLosesItsConnection() throws Exception {
    PollingClient client = PollingClient.silent(service(), "");
    client.send("40");
    for (int count = 0; count < 20; count++) {
      assertThat(client.post("420[\"x\"]\u001e".repeat(199) + "420[\"x\"]").statusCode())
          .isEqualTo(200);
    }

    boolean more = client.pollOnce();
    if (more) {
      more = client.pollOnce();
    }

    assertThat(more).as("the connection is over").isFalse();
    client.came(Client.CLOSED);
    assertThat(client.rest()).hasSizeBetween(500, 1_000);
  }

  @Test
  void whoAsksAndNeverReadsLosesItsConnection() throws Exception {
    // What is answered with as much.
    String packet = "40/" + "n".repeat(60_000) + ",";
    try (SocketClient client = SocketClient.open(service(), "")) {
      client.connect();
      client.reads = false;

      Eventually.holds(
          "it is hung up on",
          () -> {
            try {
              client.send(packet);
            } catch (Exception e) {
              // Noticed by the client first.
            }
            return connections.size() == 0;
          });
    }
  }

  @Test
  void pagesFromElsewhereMustBeAllowed() throws Exception {
    String handshake = "?EIO=4&transport=polling";
    assertThat(answer("GET", handshake, "Origin", "https://stranger.example").statusCode())
        .isEqualTo(403);
    assertThat(SocketClient.refused(service(), "", "Origin", "https://stranger.example"))
        .isEqualTo(403);
    SocketClient.open(service(), "", "Origin", "https://friend.example").vanish();
    PollingClient.silent(service(), "", "Origin", service().toString()).vanish();

    HttpResponse<String> friend =
        PollingClient.handshake(service(), "", "Origin", "https://friend.example");

    assertThat(friend.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://friend.example");
    String sid = new org.json.JSONObject(friend.body().substring(1)).getString("sid");
    assertThat(answer("POST", handshake + "&sid=" + sid, "Content-Type", "text/plain").statusCode())
        .isEqualTo(400);
    Client.HTTP.send(
        HttpRequest.newBuilder(URI.create(service() + "/socket.io/" + handshake + "&sid=" + sid))
            .POST(HttpRequest.BodyPublishers.ofString("1"))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  @Test
  void connectionsComeAndGoWithoutATrace() throws Exception {
    try (Client first = Transport.UPGRADED.open(service())) {
      first.connect();
    }
    Eventually.holds("the first is gone", () -> connections.size() == 0);
    int threads = Thread.activeCount();
    for (int count = 0; count < 100; count++) {
      for (Transport transport : Transport.values()) {
        try (Client client = transport.open(service())) {
          client.connect();
        }
      }
    }
    Eventually.holds("all are gone", () -> connections.size() == 0);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 5);
  }
}
