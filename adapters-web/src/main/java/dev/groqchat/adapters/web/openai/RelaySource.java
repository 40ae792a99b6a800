package dev.groqchat.adapters.web.openai;

import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.adapters.web.stream.Replies;
import dev.groqchat.adapters.web.stream.Source;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * A relayed reply as OpenAI streams it: the model's pieces as they are, then {@code [DONE]}. A
 * reply that breaks off ends with an error event, and no {@code [DONE]}: to most clients an end
 * without a word is a short answer.
 */
final class RelaySource implements Source {
  private static final String END = "[DONE]";

  private final RelayReader reader;
  private final HttpServletResponse response;
  private boolean begun;
  private boolean ended;

  RelaySource(RelayReader reader, HttpServletResponse response) {
    this.reader = reader;
    this.response = response;
  }

  @Override
  public void next(Duration patience, Frames out) throws InterruptedException {
    switch (reader.next(patience)) {
      case null -> {}
      case Told.Begun(var by) -> {
        begun = true;
        // Of no effect on an answer that could not wait for it.
        Replies.tell(by.reuse(), response);
      }
      case Told.Pieces(var pieces) -> pieces.forEach(out::asItIs);
      case Told.Whole() -> {
        ended = true;
        out.asItIs(END);
      }
      case Told.Failed(var failure) -> {
        ended = true;
        throw new ChatException(failure);
      }
    }
  }

  @Override
  public boolean begun() {
    return begun;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void lost(Failure failure, Frames out) {
    switch (ErrorJson.of(failure)) {
      case String words -> out.namedAsItIs("error", words);
      case Object error -> out.named("error", error);
    }
  }
}
