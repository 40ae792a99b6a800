package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A reply that was made before, told again: in pieces, as it came. */
final class ReplayedReply implements ReplyStream {
  /** About as long as a dozen tokens; in code points. */
  private static final int PIECE = 48;

  private final Kept kept;
  private final Question question;

  /** What was kept of the reply to the same question. */
  ReplayedReply(Kept kept, Question question) {
    this.kept = kept;
    this.question = question;
  }

  @Override
  public ModelId model() {
    return kept.model();
  }

  @Override
  public ProviderLimits limits() {
    return ProviderLimits.UNSAID;
  }

  @Override
  public List<Part> next() {
    List<Part> parts = new ArrayList<>();
    switch (question) {
      case Question.Composed _ -> {
        addPieces(kept.reasoning(), Part.Reasoning::new, parts);
        addPieces(kept.text(), Part.Text::new, parts);
      }
      case Question.Verbatim verbatim when verbatim.inPieces() ->
          kept.text().lines().map(Part.Verbatim::new).forEach(parts::add);
      case Question.Verbatim _ -> parts.add(new Part.Verbatim(kept.text()));
    }
    parts.add(new Part.End(kept.reason(), kept.usage()));
    return parts;
  }

  private static void addPieces(String text, Function<String, Part> piece, List<Part> parts) {
    int from = 0;
    while (from < text.length()) {
      int points = Math.min(PIECE, text.codePointCount(from, text.length()));
      int to = text.offsetByCodePoints(from, points);
      parts.add(piece.apply(text.substring(from, to)));
      from = to;
    }
  }

  @Override
  public void close() {}
}
