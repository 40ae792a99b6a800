package dev.groqchat.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks over many connections from one thread of its own, until it is stopped. */
final class Load implements Closeable {
  private static final int TOO_MANY_FAULTS = 1000;
  private static final int FAULTS_TOLD = 5;

  /** A connection's next question. */
  private record Start(long at, @Nullable Client client) {}

  private final Plan plan;
  private final InetSocketAddress to;
  private final Selector selector = Selector.open();
  private final PriorityQueue<Start> starts =
      new PriorityQueue<>(Comparator.comparingLong(Start::at));
  private final ArrayDeque<Client> resting = new ArrayDeque<>();
  private final String prefix = Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
  private final byte[] read = new byte[input.capacity()];
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private final Thread thread;
  private volatile Recording recording = new Recording();
  private volatile boolean stopping;
  private volatile boolean closed;
  private long asked;
  private long connected;

  private Load(Plan plan, InetSocketAddress to) throws IOException {
    this.plan = plan;
    this.to = to;
    this.thread = Thread.ofPlatform().name("load").daemon().unstarted(this::run);
  }

  static Load start(Plan plan, int port) throws IOException {
    Load load = new Load(plan, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    long now = System.nanoTime();
    for (int i = 0; i < plan.connections(); i++) {
      load.starts.add(new Start(now + plan.ramp().toNanos() * i / plan.connections(), null));
    }
    load.thread.start();
    return load;
  }

  /** Where the load's thread writes what it sees. */
  Recording recording() {
    return recording;
  }

  /**
   * What was recorded since this was last asked. The load's thread may still be writing one event
   * into it: nothing that a median would notice.
   */
  Recording take() {
    Recording taken = recording;
    recording = new Recording();
    return taken;
  }

  /** Questions that are over, well or not. */
  int answered() {
    return answered.get();
  }

  int faults() {
    return faults.get();
  }

  /** The first few, once it is stopped. */
  List<String> told() {
    return told;
  }

  /** Lets every answer come to its end, and asks no more. */
  void stop(Duration patience) {
    stopping = true;
    selector.wakeup();
    long deadline = System.nanoTime() + patience.toNanos();
    while (busy.get() > 0 && System.nanoTime() < deadline && thread.isAlive()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    int left = busy.get();
    close();
    if (left > 0) {
      fault(left + " answers did not come to their end within " + patience);
    }
  }

  private void run() {
    try {
      while (!closed) {
        select();
        selector.selectedKeys().forEach(this::ready);
        selector.selectedKeys().clear();
        startWhatIsDue();
      }
    } catch (IOException | RuntimeException e) {
      fault("the load ended: " + e);
    }
  }

  private void select() throws IOException {
    Start next = stopping ? null : starts.peek();
    long wait = next == null ? Long.MAX_VALUE : next.at() - System.nanoTime();
    if (wait <= 0) {
      selector.selectNow();
    } else {
      selector.select(Math.clamp(wait / 1_000_000 + 1, 1, 1000));
    }
  }

  private void ready(SelectionKey key) {
    if (!(key.attachment() instanceof Client client)
        || !(key.channel() instanceof SocketChannel channel)) {
      return;
    }
    try {
      int length = channel.read(input.clear());
      if (length < 0) {
        client.cut("the connection was closed");
        return;
      }
      input.flip().get(read, 0, length);
      client.read(read, length, System.nanoTime());
    } catch (IOException | IllegalStateException e) {
      client.cut(e.toString());
    }
  }

  private void startWhatIsDue() throws IOException {
    while (!stopping && !starts.isEmpty() && starts.peek().at() <= System.nanoTime()) {
      Client client = starts.remove().client();
      if (client != null && client.usable()) {
        ask(client);
      } else if (plan.rest().isZero() || plan.together()) {
        ask(connect());
      } else {
        starts.add(new Start(afterRest(), connect()));
      }
    }
  }

  private long afterRest() {
    return System.nanoTime() + plan.rest().toNanos();
  }

  private Client connect() throws IOException {
    return Client.connect(this, plan.surface(), prefix + "c" + ++connected, to, selector);
  }

  private void ask(Client client) throws IOException {
    asked++;
    int from = ThreadLocalRandom.current().nextInt(Pace.SMALLEST, Pace.LARGEST + 2 - plan.tokens());
    busy.incrementAndGet();
    client.ask(plan.pace(from), prefix + "-" + asked, plan.headers());
  }

  /** A client has its answer, or will not get it. */
  void over(Client client, @Nullable String fault) {
    busy.decrementAndGet();
    answered.incrementAndGet();
    if (fault != null) {
      fault(client + ": " + fault);
    }
    if (!plan.together()) {
      starts.add(new Start(afterRest(), client));
      return;
    }
    resting.add(client);
    if (resting.size() == plan.connections()) {
      long at = afterRest();
      resting.forEach(it -> starts.add(new Start(at, it)));
      resting.clear();
    }
  }

  private void fault(String what) {
    synchronized (told) {
      if (told.size() < FAULTS_TOLD) {
        told.add(what);
      }
    }
    if (faults.incrementAndGet() > TOO_MANY_FAULTS) {
      stopping = true;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      fault("closing: " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
