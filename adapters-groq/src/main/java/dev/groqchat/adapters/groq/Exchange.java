package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import java.io.InputStream;
import java.util.function.Function;

/** How a question goes out, and how its reply is read. For one reply. */
final class Exchange {
  private final byte[] body;
  private final Function<InputStream, EventSource> source;
  private final ReplyAssembler assembler;

  private Exchange(
      byte[] body, Function<InputStream, EventSource> source, ReplyAssembler assembler) {
    this.body = body;
    this.source = source;
    this.assembler = assembler;
  }

  /**
   * For a question.
   *
   * @param strict whether the provider is as strict as {@link GroqProperties#isStrict} says
   */
  static Exchange of(Question question, boolean strict) {
    return switch (question) {
      case Question.Composed composed ->
          new Exchange(
              QuestionBody.of(composed),
              SseReader::new,
              new ReplyAssembler(new SpokenPieces(), Refusals::inStream));
      case Question.Verbatim verbatim -> relay(verbatim, RelayBody.of(verbatim, strict));
    };
  }

  private static Exchange relay(Question.Verbatim question, RelayBody body) {
    Pieces pieces = question.inPieces() ? new VerbatimPieces(body.usageWanted()) : new WholePiece();
    return new Exchange(
        body.json(),
        question.inPieces() ? SseReader::new : WholeBody::new,
        new ReplyAssembler(pieces, Refusals::inRelay));
  }

  /** What goes out. */
  byte[] body() {
    return body;
  }

  /** Cuts what comes in into events. */
  EventSource source(InputStream in) {
    return source.apply(in);
  }

  /** Makes parts of these. */
  ReplyAssembler assembler() {
    return assembler;
  }
}
