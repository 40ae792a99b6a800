package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.stream.Dialect;
import dev.groqchat.adapters.web.stream.Frames;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;

/**
 * What the classic dialects have in common: a wait is a comment, reasoning is not told, and of a
 * gap only what the client has not seen. An error is the last word: half an answer is not called
 * whole. For one stream.
 */
public abstract class ClassicDialect implements Dialect {
  /** Somebody stopped the turn from elsewhere. */
  public static final String STOPPED = "the reply was stopped";

  private int told;

  abstract void content(String text, Frames out);

  abstract void done(Frames out);

  abstract void error(String text, Frames out);

  @Override
  public final void frame(NumberedEvent numbered, Frames out) {
    switch (numbered.event()) {
      case TurnEvent.Queued(int position, var _) -> out.comment("queued " + position);
      case TurnEvent.Started _, TurnEvent.Reasoning _ -> {}
      case TurnEvent.Delta(String text) -> further(text, out);
      case TurnEvent.Gap(String text) ->
          further(text.substring(Math.min(told, text.length())), out);
      case TurnEvent.Finished _ -> done(out);
      case TurnEvent.Stopped _ -> error(STOPPED, out);
      case TurnEvent.Failed(var failure) -> error(failure.detail(), out);
    }
  }

  @Override
  public final void lost(Failure failure, Frames out) {
    error(failure.detail(), out);
  }

  private void further(String text, Frames out) {
    told += text.length();
    if (!text.isEmpty()) {
      content(text, out);
    }
  }
}
