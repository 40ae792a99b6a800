package dev.groqchat.application.usecase;

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

  ReplayedReply(Kept kept) {
    this.kept = kept;
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
    addPieces(kept.reasoning(), Part.Reasoning::new, parts);
    addPieces(kept.text(), Part.Text::new, parts);
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
