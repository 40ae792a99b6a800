package dev.groqchat.bench;

/** Cuts what comes over a connection into messages. For one thread. */
interface Messages {
  /** Told of them. */
  interface Sink {
    void message(byte[] array, int start, int end);

    /** The answer to a request over HTTP is whole. */
    void ended();

    /** The connection takes no more questions once the answer under way is whole. */
    void last();

    /** Something came that is no message. */
    void failed(String why);
  }

  void read(byte[] array, int start, int end);

  static Messages of(Surface surface, Sink sink) {
    return switch (surface.form()) {
      case EVENTS -> new HttpAnswers(sink, true);
      case JSON -> new HttpAnswers(sink, false);
      case SOCKET -> new SocketMessages(sink);
    };
  }
}
