package dev.groqchat.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection that asks, one question at a time. For the load's thread. */
final class Client implements Messages.Sink {
  private static final byte[] DONE = Bytes.ascii("[DONE]");
  private static final byte[] FINISHED = Bytes.ascii("\"type\":\"finished\"");
  private static final byte[] SOCKET_DONE = Bytes.ascii("{\"done\":");
  private static final byte[] ERROR = Bytes.ascii("error\"");
  private static final byte[] FAILED = Bytes.ascii("\"type\":\"failed\"");

  private final Load load;
  private final Surface surface;
  private final String unique;
  private final byte[] member;
  private final Messages messages;
  private final SocketChannel channel;
  private @Nullable Call call;
  private byte @Nullable [] afterHandshake;
  private boolean done;
  private boolean last;
  private long now;

  private Client(Load load, Surface surface, String unique, SocketChannel channel) {
    this.load = load;
    this.surface = surface;
    this.unique = unique;
    this.channel = channel;
    this.member = surface.textMember();
    this.messages = Messages.of(surface, this);
  }

  /** Connects; a socket also begins its handshake. */
  static Client connect(
      Load load, Surface surface, String unique, InetSocketAddress to, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open(to);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    Client client = new Client(load, surface, unique, channel);
    channel.register(selector, SelectionKey.OP_READ, client);
    if (surface.form() == Surface.Form.SOCKET) {
      String session = surface == Surface.CHAT_SOCKET ? unique : "";
      client.write(SocketMessages.handshake(surface.path() + session));
    }
    return client;
  }

  boolean busy() {
    return call != null;
  }

  boolean usable() {
    return channel.isOpen();
  }

  /** Puts a question; its answer is checked as it comes. */
  void ask(Pace pace, String number, String headers) throws IOException {
    call = new Call(pace, System.nanoTime());
    done = false;
    String question = pace.question(number);
    if (!(messages instanceof SocketMessages socket)) {
      write(surface.request(question, number, headers));
      return;
    }
    byte[] frame = SocketMessages.frame(surface.body(question, number));
    if (socket.open()) {
      write(frame);
    } else {
      afterHandshake = frame;
    }
  }

  /** Requests are small, and go out in one piece. */
  private void write(byte[] bytes) throws IOException {
    if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
      throw new IOException("the other side does not read");
    }
  }

  /** Takes what has come. */
  void read(byte[] array, int length, long now) throws IOException {
    this.now = now;
    messages.read(array, 0, length);
    if (messages instanceof SocketMessages socket) {
      for (int pings = socket.takePings(); pings > 0; pings--) {
        write(SocketMessages.pong());
      }
      if (socket.open() && afterHandshake != null) {
        write(afterHandshake);
        afterHandshake = null;
      }
    }
  }

  @Override
  public void message(byte[] array, int start, int end) {
    Call current = call;
    if (current == null) {
      failed("came unasked: " + Bytes.text(array, start, end));
      return;
    }
    int found = Bytes.indexOf(member, array, start, end);
    if (found < 0) {
      other(current, array, start, end);
      return;
    }
    int text = found + member.length;
    int close = text;
    while (close < end && array[close] != '"') {
      close++;
    }
    current.text(array, text, close, now, load.recording());
  }

  private void other(Call current, byte[] array, int start, int end) {
    if (contains(DONE, array, start, end)) {
      done = true;
    } else if (contains(FINISHED, array, start, end) || contains(SOCKET_DONE, array, start, end)) {
      done = true;
      ended();
    } else if (contains(ERROR, array, start, end) || contains(FAILED, array, start, end)) {
      current.fail("an error came: " + Bytes.text(array, start, end));
      if (surface.form() == Surface.Form.SOCKET) {
        ended();
      }
    }
  }

  private static boolean contains(byte[] needle, byte[] array, int start, int end) {
    return Bytes.indexOf(needle, array, start, end) >= 0;
  }

  @Override
  public void ended() {
    Call current = call;
    if (current == null) {
      return;
    }
    call = null;
    if (surface.form() == Surface.Form.EVENTS && !done) {
      current.fail("the stream ended without saying that it was done");
    }
    current.ended(now, load.recording());
    if (last) {
      close();
    }
    load.over(this, current.fault());
  }

  @Override
  public void last() {
    last = true;
  }

  @Override
  public void failed(String why) {
    if (call != null) {
      call.fail(why);
    } else {
      load.over(this, why);
    }
  }

  /** The other side has closed the connection, or it broke. */
  void cut(String why) {
    close();
    Call current = call;
    call = null;
    if (current != null) {
      current.fail(why);
    }
    load.over(this, current == null ? null : current.fault());
  }

  void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  @Override
  public String toString() {
    return surface + " " + unique;
  }
}
