package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.simulator.SimulatorConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who takes his time with a request loses his connection, however steadily he goes on. */
@Timeout(60)
class SlowRequestsTest {
  /** Far more often than any limit here: each byte shows that somebody is there. */
  private static final int PAUSE_MILLIS = 150;

  private static final String KEY = "Host: x\nAuthorization: Bearer secret\n";
  private static final String TYPE = "Content-Type: application/json\n";
  private static final String LONG = "Content-Length: 100000\n\n{\"message\":\"";
  private static final String CHUNKED = "Transfer-Encoding: chunked\n\nfffff\n{\"message\":\"";

  private static final int ROOM = 4;

  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.start(
            SimulatorConfig.fast(),
            "WRITE_TIMEOUT_SECS=1",
            "IDLE_TIMEOUT_SECS=1",
            "REQUEST_TIMEOUT=1s",
            "SOCKETIO_CONNECT_TIMEOUT=500ms",
            "API_KEYS=alice:secret");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Says the beginnings, each on a connection of its own, and then a byte now and then. */
  private static List<String> answers(boolean trickling, List<String> beginnings)
      throws IOException {
    List<RawConnection> open = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    try {
      for (String beginning : beginnings) {
        RawConnection connection = new RawConnection(service.uri("/"));
        open.add(connection);
        connection.send(beginning);
        if (trickling) {
          connection.trickle('x', PAUSE_MILLIS);
        }
      }
      for (RawConnection connection : open) {
        answers.add(connection.readToEnd());
      }
      return answers;
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }

  @Test
  void aHeadThatTricklesInIsGivenUp() throws Exception {
    assertThat(
            answers(
                true,
                List.of(
                    "",
                    "G",
                    "GET /health HT",
                    "GET /health HTTP/1.1\n",
                    "GET /health HTTP/1.1\nHost: x\nX-Slow: ",
                    "GET /ws HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\nX-Slow: ",
                    "GET /health HTTP/1.1\nHost: x\n\nGET /health HTTP/1.1\nX-Slow: ")))
        .hasSize(7)
        .allMatch(it -> it.endsWith(RawConnection.ENDED));
  }

  @Test
  void aBodyThatTricklesInIsGivenUp() throws Exception {
    assertThat(
            answers(
                true,
                List.of(
                    "POST /api/conversations/slow/turns HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /api/conversations HTTP/1.1\n" + KEY + TYPE + LONG,
                    "PATCH /api/conversations/slow HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /chat HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /v1/chat/completions HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /chat HTTP/1.1\n" + KEY + TYPE + CHUNKED,
                    "POST /v1/chat/completions HTTP/1.1\n" + KEY + TYPE + CHUNKED)))
        .hasSize(7)
        .allMatch(it -> it.startsWith("HTTP/1.1 408") && it.endsWith(RawConnection.ENDED));
  }

  @Test
  void aBodyThatNobodyReadsIsNotWaitedFor() throws Exception {
    assertThat(
            answers(
                true,
                List.of(
                    "POST /chat HTTP/1.1\nHost: x\n" + TYPE + LONG,
                    "POST /nothing HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /api/status HTTP/1.1\n" + KEY + TYPE + LONG,
                    "POST /api/tickets HTTP/1.1\n" + KEY + TYPE + CHUNKED,
                    "GET /health HTTP/1.1\n" + KEY + TYPE + LONG,
                    "GET /health HTTP/1.1\nExpect: 100-continue\n" + KEY + TYPE + LONG,
                    "POST /chat HTTP/1.1\nContent-Encoding: gzip\n" + KEY + TYPE + LONG,
                    "POST /chat HTTP/1.1\nOrigin: https://x.example\n" + KEY + TYPE + LONG,
                    "POST /chat HTTP/1.1\nContent-Type: text/plain\n" + KEY + LONG,
                    "POST /chat?x=1 HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n"
                        + KEY
                        + LONG)))
        .hasSize(10)
        .allMatch(it -> it.startsWith("HTTP/1.1 ") && it.endsWith(RawConnection.ENDED));
  }

  /** Unread, it must neither be taken for the next request nor cost the connection. */
  @Test
  void aShortBodyThatNobodyReadsLeavesTheConnectionAsItIs() throws Exception {
    try (RawConnection connection = new RawConnection(service.uri("/"))) {
      for (String length :
          List.of("Content-Length: 2\n\n{}", "Transfer-Encoding: chunked\n\n2\n{}\n0\n\n")) {
        connection.send("POST /chat HTTP/1.1\nHost: x\n" + TYPE + length);
        connection.readTo("HTTP/1.1 401");
        connection.send("GET /health HTTP/1.1\nHost: x\n\n");
        connection.readTo("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aConnectionOnWhichNothingComesIsClosed() throws Exception {
    assertThat(answers(false, List.of("", "GET /health HTTP/1.1\nHost: x\n\n")))
        .satisfiesExactly(
            fresh -> assertThat(fresh).isEqualTo(RawConnection.ENDED),
            used -> assertThat(used).startsWith("HTTP/1.1 200").endsWith(RawConnection.ENDED));
  }

  @Test
  void aSocketOnWhichNothingComesIsClosed() throws Exception {
    String handshake =
        """
         HTTP/1.1
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """;
    assertThat(
            answers(
                false,
                List.of(
                    "GET /ws" + handshake + KEY + "\n",
                    "GET /ws/chat?session_id=s" + handshake + KEY + "\n",
                    "GET /socket.io/?EIO=4&transport=websocket" + handshake + KEY + "\n")))
        .hasSize(3)
        .allMatch(it -> it.startsWith("HTTP/1.1 101") && it.endsWith(RawConnection.ENDED));
  }

  @Test
  void anAnswerThatTakesLongerThanAnyRequestMayIsNotCut() throws Exception {
    var answer =
        service.post(
            "/api/conversations/patient/turns",
            "{\"message\":\"/sim tokens=8 rate=4\\nSlowly.\"}",
            Map.of("Authorization", "Bearer secret", "Accept", "text/event-stream"));

    assertThat(answer.body()).contains("event: finished");
  }

  @Test
  void aConnectionMoreThanThereIsRoomForWaitsUntilOneIsFree() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    try (Service small = Service.start(SimulatorConfig.fast(), "MAX_CONNECTIONS=" + ROOM)) {
      for (int i = 0; i < ROOM; i++) {
        RawConnection connection = new RawConnection(small.uri("/"));
        open.add(connection);
        connection.send("GET /health HTTP/1.1\nHost: x\n\n").readTo("{\"status\":\"ok\"");
      }
      RawConnection more = new RawConnection(small.uri("/"));
      open.add(more);
      more.send("GET /health HTTP/1.1\nHost: x\n\n");
      open.getFirst().send("GET /api/status HTTP/1.1\nHost: x\n\n").readTo("\"version\"");
      assertThat(more.silent()).isTrue();

      open.removeFirst().close();

      assertThat(more.readTo("{\"status\":\"ok\"")).contains("HTTP/1.1 200");
    } finally {
      for (RawConnection connection : open) {
        connection.close();
      }
    }
  }
}
