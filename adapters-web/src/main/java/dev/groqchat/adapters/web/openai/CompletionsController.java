package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.stream.EventStreams;
import dev.groqchat.adapters.web.stream.Peer;
import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST chat/completions}: passes a question on, and its reply back. Sets no cookie. */
@RestController
class CompletionsController implements CompletionsApi {
  private final RelayQuestion relayQuestion;
  private final RelayBodies bodies;
  private final EventStreams streams;
  private final RelayProperties properties;

  CompletionsController(
      RelayQuestion relayQuestion,
      RelayBodies bodies,
      EventStreams streams,
      RelayProperties properties) {
    this.relayQuestion = relayQuestion;
    this.bodies = bodies;
    this.streams = streams;
    this.properties = properties;
  }

  @Override
  @PostMapping({"/v1/chat/completions", "/openai/v1/chat/completions"})
  public void complete(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException, IOException, HttpMediaTypeNotSupportedException {
    try (RelayBodies.Room room = room(request, response)) {
      Verbatim question = question(request, room);
      RelayQuestion.Relay relay = relayQuestion.relay(caller, question);
      try (RelayReader reader = RelayReader.start(relay, caller.requestId())) {
        answer(reader, question.inPieces(), Peer.of(request), response);
      }
    }
  }

  private RelayBodies.Room room(HttpServletRequest request, HttpServletResponse response) {
    try {
      return bodies.take(request.getContentLengthLong());
    } catch (ChatException e) {
      // Nobody reads the body: the connection is of no more use.
      response.setHeader(HttpHeaders.CONNECTION, "close");
      throw e;
    }
  }

  private static Verbatim question(HttpServletRequest request, RelayBodies.Room room)
      throws HttpMediaTypeNotSupportedException {
    byte[] body = JsonBody.read(request);
    room.fit(body.length);
    return QuestionReader.read(body).verbatim(Reusable.allowed(request));
  }

  private void answer(
      RelayReader reader, boolean inPieces, Peer client, HttpServletResponse response)
      throws InterruptedException, IOException {
    RateLimitHeaders.tell(reader.allowance(), response);
    RequestLimits.tell(reader.allowance(), response);
    if (inPieces) {
      RelaySource reply = new RelaySource(reader, response);
      streams.send(reply, properties.statusPatience(), client, response);
    } else {
      new WholeReply(reader, client).send(response);
    }
  }
}
