package dev.groqchat.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A model API that costs little: one thread, frames made beforehand, each token written by itself
 * when it is due. {@link Pace} says what it answers. {@code GET /lateness} tells how late tokens
 * were since it was last asked, so that a run can be thrown away in which this was the bottleneck.
 */
final class Upstream implements Closeable {
  /** No wait is shorter: 4,000 looks a second are cheap, and a token is due within it anyway. */
  private static final long TICK = Duration.ofNanos(200_000).toNanos();

  private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final PriorityQueue<PacedReply> waiting =
      new PriorityQueue<>(Comparator.comparingLong(PacedReply::dueAt));
  private final Frames frames = new Frames();
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
  private final Histogram lateness = new Histogram(Duration.ofMinutes(1).toNanos(), 2);

  private volatile boolean stopping;

  Upstream(int port) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8192);
    server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Starts one as a process: the port is the only argument, and is printed once it listens. */
  public static void main(String[] arguments) throws IOException {
    try (var upstream = new Upstream(Integer.parseInt(arguments[0]))) {
      System.out.println("listening on " + upstream.port());
      upstream.run();
    }
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** Answers until it is closed. */
  void run() throws IOException {
    while (!stopping) {
      await();
      if (!stopping) {
        selector.selectedKeys().forEach(this::ready);
        selector.selectedKeys().clear();
        sayWhatIsDue();
      }
    }
  }

  private void await() throws IOException {
    PacedReply next = waiting.peek();
    if (next == null) {
      selector.select();
      return;
    }
    long wait = next.dueAt() - System.nanoTime();
    if (wait > 2 * MILLISECOND) {
      selector.select(wait / MILLISECOND - 1);
      return;
    }
    if (wait > 0) {
      LockSupport.parkNanos(Math.max(wait, TICK));
    }
    selector.selectNow();
  }

  private void ready(SelectionKey key) {
    try {
      if (!key.isValid()) {
        return;
      }
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof UpstreamConnection connection) {
        connection.ready(input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      UpstreamConnection.on(channel, selector, this);
    }
  }

  private void sayWhatIsDue() {
    long now = System.nanoTime();
    while (!waiting.isEmpty() && waiting.peek().dueAt() <= now) {
      PacedReply reply = waiting.remove();
      lateness.recordValue(Math.min(now - reply.dueAt(), lateness.getHighestTrackableValue()));
      if (reply.goOn()) {
        waiting.add(reply);
      }
    }
  }

  Frames frames() {
    return frames;
  }

  void begin(PacedReply reply) {
    if (reply.goOn()) {
      waiting.add(reply);
    }
  }

  /** In microseconds. */
  String takeLateness() {
    String said =
        "{\"p99\":%d,\"max\":%d}"
            .formatted(lateness.getValueAtPercentile(99) / 1000, lateness.getMaxValue() / 1000);
    lateness.reset();
    return said;
  }

  /** Makes {@link #run} return, from any thread. */
  void stop() {
    stopping = true;
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    server.close();
  }
}
