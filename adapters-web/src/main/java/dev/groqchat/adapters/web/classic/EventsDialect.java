package dev.groqchat.adapters.web.classic;

import dev.groqchat.adapters.web.stream.Frames;

/**
 * {@code {"type","content","request_id"}}: connected, then pieces of content, then done or error.
 */
final class EventsDialect extends ClassicDialect {
  private final String requestId;

  EventsDialect(String requestId) {
    this.requestId = requestId;
  }

  @Override
  public void begin(Frames out) {
    out.json(new Event("connected", "", requestId));
  }

  @Override
  void content(String text, Frames out) {
    out.json(new Event("content", text, requestId));
  }

  @Override
  void done(Frames out) {
    out.json(new Event("done", "", requestId));
  }

  @Override
  void error(String text, Frames out) {
    out.json(new Event("error", text, requestId));
  }

  record Event(String type, String content, String requestId) {}
}
