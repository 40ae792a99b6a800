package dev.groqchat.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One connection to the upstream, with one request at a time. For the upstream's thread. */
final class UpstreamConnection implements HttpMessages.Sink {
  private static final byte[] STREAM = Bytes.ascii("\"stream\":true");
  private static final byte[] USAGE = Bytes.ascii("\"include_usage\":true");

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Upstream upstream;
  private final HttpMessages requests = new HttpMessages(this);
  private final Bytes body = new Bytes();
  private final Bytes unsent = new Bytes();
  private String head = "";

  private UpstreamConnection(SocketChannel channel, Selector selector, Upstream upstream)
      throws IOException {
    this.channel = channel;
    this.upstream = upstream;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  static void on(SocketChannel channel, Selector selector, Upstream upstream) throws IOException {
    UpstreamConnection connection = new UpstreamConnection(channel, selector, upstream);
    connection.key.attach(connection);
  }

  boolean gone() {
    return !channel.isOpen();
  }

  /** Reads what has come, writes what may go. */
  void ready(ByteBuffer input) {
    int ready = key.readyOps();
    try {
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        writeUnsent();
      }
      if ((ready & SelectionKey.OP_READ) != 0) {
        read(input);
      }
    } catch (IOException _) {
      close();
    }
  }

  private void read(ByteBuffer input) throws IOException {
    if (channel.read(input.clear()) < 0) {
      close();
      return;
    }
    byte[] read = new byte[input.flip().remaining()];
    input.get(read);
    requests.read(read, 0, read.length);
  }

  @Override
  public void head(String head) {
    this.head = head;
    body.clear();
  }

  @Override
  public void body(byte[] array, int start, int end) {
    body.append(array, start, end);
  }

  @Override
  public void end() {
    if (head.startsWith("GET /lateness")) {
      write(Frames.plain(upstream.takeLateness()));
    } else if (head.startsWith("GET")) {
      write(Frames.models());
    } else {
      answer(Arrays.copyOf(body.array(), body.length()));
    }
    if (head.contains("\nconnection: close")) {
      close();
    }
  }

  private void answer(byte[] question) {
    Pace pace = Pace.lastIn(question);
    if (Bytes.indexOf(STREAM, question, 0, question.length) >= 0) {
      boolean withUsage = Bytes.indexOf(USAGE, question, 0, question.length) >= 0;
      upstream.begin(new PacedReply(this, pace, upstream.frames(), withUsage));
      return;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pace.tokens(); i++) {
      text.append(' ').append(pace.from() + i);
    }
    write(Frames.whole(text.toString(), pace.tokens()));
  }

  /** Writes at once, or as soon as the peer takes it. */
  void write(ByteBuffer bytes) {
    try {
      if (unsent.length() == 0) {
        channel.write(bytes);
      }
      if (bytes.hasRemaining()) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        unsent.append(rest, 0, rest.length);
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    } catch (IOException _) {
      close();
    }
  }

  private void writeUnsent() throws IOException {
    unsent.drop(channel.write(ByteBuffer.wrap(unsent.array(), 0, unsent.length())));
    if (unsent.length() == 0) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }
}
