package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.stream.Peer;
import dev.groqchat.adapters.web.stream.Replies;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A relayed reply in one piece: the model's JSON as it is. */
final class WholeReply {
  /** A client that has gone is noticed within two seconds. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(900);

  private final RelayReader reader;
  private final Peer client;
  private final StringBuilder json = new StringBuilder();

  WholeReply(RelayReader reader, Peer client) {
    this.reader = reader;
    this.client = client;
  }

  /**
   * Waits for the reply and sends it, unless the client leaves before.
   *
   * @throws ChatException if there is none
   */
  void send(HttpServletResponse response) throws InterruptedException, IOException {
    while (true) {
      switch (reader.next(LOOK_AGAIN)) {
        case null -> {
          if (client.gone()) {
            response.setStatus(Peer.LEFT);
            return;
          }
        }
        case Told.Begun(var by) -> Replies.tell(by.reuse(), response);
        case Told.Pieces(var pieces) -> pieces.forEach(json::append);
        case Told.Whole() -> {
          write(response);
          return;
        }
        case Told.Failed(var failure) -> throw new ChatException(failure);
      }
    }
  }

  private void write(HttpServletResponse response) throws IOException {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
