package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.stream.Frames;

/** Plain text, a piece an event. */
final class RawDialect extends ClassicDialect {
  @Override
  void content(String text, Frames out) {
    out.text(text);
  }

  @Override
  void done(Frames out) {
    out.text("[DONE]");
  }

  @Override
  void error(String text, Frames out) {
    out.json(new ErrorFrame(text));
  }
}
