package dev.groqchat.bench;

/** The lines of an event stream, or a whole body, as messages. */
final class HttpAnswers implements Messages, HttpMessages.Sink {
  private static final String OK = "HTTP/1.1 200";

  private final Messages.Sink sink;
  private final boolean lines;
  private final HttpMessages answers = new HttpMessages(this);
  private final Bytes kept = new Bytes();

  HttpAnswers(Messages.Sink sink, boolean lines) {
    this.sink = sink;
    this.lines = lines;
  }

  @Override
  public void read(byte[] array, int start, int end) {
    answers.read(array, start, end);
  }

  @Override
  public void head(String head) {
    kept.clear();
    if (!head.startsWith(OK)) {
      sink.failed("answered with " + head.substring(0, head.indexOf('\r')));
    }
    if (head.contains("\nconnection: close")) {
      sink.last();
    }
  }

  @Override
  public void body(byte[] array, int start, int end) {
    int from = start;
    for (int i = start; lines && i < end; i++) {
      if (array[i] == '\n') {
        line(array, from, i);
        from = i + 1;
      }
    }
    kept.append(array, from, end);
  }

  private void line(byte[] array, int start, int end) {
    if (kept.length() > 0) {
      kept.append(array, start, end);
      sink.message(kept.array(), 0, kept.length());
      kept.clear();
    } else if (end > start) {
      sink.message(array, start, end);
    }
  }

  @Override
  public void end() {
    if (kept.length() > 0) {
      sink.message(kept.array(), 0, kept.length());
      kept.clear();
    }
    sink.ended();
  }
}
