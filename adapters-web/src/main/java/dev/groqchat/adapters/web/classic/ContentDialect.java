package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.stream.Frames;

/** {@code {"content":"..."}}, a piece an event. */
final class ContentDialect extends ClassicDialect {
  @Override
  void content(String text, Frames out) {
    out.json(new Content(text));
  }

  @Override
  void done(Frames out) {
    out.text("[DONE]");
  }

  @Override
  void error(String text, Frames out) {
    out.json(new ErrorFrame(text));
  }

  record Content(String content) {}
}
