package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.stream.EventStreams;
import dev.groqchat.adapters.web.stream.Peer;
import dev.groqchat.adapters.web.turns.Reusable;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST chat/completions}: passes a question on, and its reply back. Sets no cookie. */
@RestController
class CompletionsController implements CompletionsApi {
  private final RelayQuestion relayQuestion;
  private final EventStreams streams;
  private final RelayProperties properties;

  CompletionsController(
      RelayQuestion relayQuestion, EventStreams streams, RelayProperties properties) {
    this.relayQuestion = relayQuestion;
    this.streams = streams;
    this.properties = properties;
  }

  @Override
  @PostMapping({"/v1/chat/completions", "/openai/v1/chat/completions"})
  public void complete(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException, IOException, HttpMediaTypeNotSupportedException {
    Verbatim question =
        QuestionReader.read(JsonBody.read(request)).verbatim(Reusable.allowed(request));
    RelayQuestion.Relay relay = relayQuestion.relay(caller, question);
    try (RelayReader reader = RelayReader.start(relay, caller.requestId())) {
      RateLimitHeaders.tell(reader.allowance(), response);
      RequestLimits.tell(reader.allowance(), response);
      Peer client = Peer.of(request);
      if (question.inPieces()) {
        RelaySource reply = new RelaySource(reader, response);
        streams.send(reply, properties.statusPatience(), client, response);
      } else {
        new WholeReply(reader, client).send(response);
      }
    }
  }
}
