package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.conversation.Owner;
import io.socket.engineio.server.EngineIoSocket;
import io.socket.socketio.server.parser.Packet;
import io.socket.socketio.server.parser.Parser;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes its packets apart, and puts ours together. The library calls from
 * whatever thread a packet came with, one at a time; nothing here blocks.
 */
final class Connection {
  private static final String ADVICE =
      "send a valid API key as auth.token, or as 'Authorization: Bearer <key>' or 'X-API-Key: <key>'";

  /** What an event costs besides its text. */
  private static final int OVERHEAD = 64;

  private final EngineIoSocket engine;
  private final Arrival arrival;
  private final Surface surface;
  private final Future<?> deadline;
  private final AtomicLong undelivered = new AtomicLong();
  private @Nullable Session session;
  private boolean closed;

  /**
   * A connection that does not say yet who it is.
   *
   * @param deadline what becomes of it if it never does; called off once it has
   */
  Connection(EngineIoSocket engine, Arrival arrival, Surface surface, Future<?> deadline) {
    this.engine = engine;
    this.arrival = arrival;
    this.surface = surface;
    this.deadline = deadline;
  }

  /** Takes what a client sent. What it must not send ends the connection. */
  void received(Object data) {
    Packet<?> packet;
    try {
      packet = Packets.decode((String) data);
    } catch (RuntimeException | StackOverflowError e) {
      close();
      return;
    }
    switch (packet.type) {
      case Parser.CONNECT -> connect(packet);
      case Parser.DISCONNECT -> leave(packet);
      case Parser.EVENT -> take(packet);
      case Parser.ACK -> {}
      default -> close();
    }
  }

  private void connect(Packet<?> packet) {
    if (!packet.nsp.equals(Packets.ROOT)) {
      write(Packets.refused(packet.nsp, "Invalid namespace"));
      return;
    }
    Optional<Owner> owner = surface.keys().ownerOf(key(packet.data));
    if (owner.isEmpty()) {
      write(Packets.refused(Packets.ROOT, ADVICE));
      close();
      return;
    }
    Session begun = begin(owner.get());
    if (begun == null) {
      close();
      return;
    }
    write(Packets.connected(UUID.randomUUID().toString()));
    begun.greet();
  }

  /** The key that came with the packet, else the one that came with the first request. */
  private @Nullable String key(@Nullable Object auth) {
    return auth instanceof JSONObject members && members.opt("token") instanceof String token
        ? token
        : arrival.key();
  }

  /** Null if it has begun before, or is over. */
  private synchronized @Nullable Session begin(Owner owner) {
    if (closed || session != null) {
      return null;
    }
    deadline.cancel(false);
    String client = owner.shared() ? arrival.client() : owner.name();
    session = new Session(new Caller(owner, client, null, arrival.requestId()), surface, this);
    return session;
  }

  private void leave(Packet<?> packet) {
    if (packet.nsp.equals(Packets.ROOT)) {
      close();
    }
  }

  private void take(Packet<?> packet) {
    Session known = session();
    if (known == null || !packet.nsp.equals(Packets.ROOT)) {
      close();
      return;
    }
    if (packet.id >= 0) {
      write(Packets.acknowledged(packet.id));
    }
    JSONArray event = (JSONArray) packet.data;
    if (event != null && "user_message".equals(event.opt(0))) {
      known.accept(event.opt(1));
    }
  }

  private synchronized @Nullable Session session() {
    return session;
  }

  /** Says something. Of a connection that is over, nothing comes. */
  void say(Event event) {
    write(Packets.event(event));
  }

  private void write(String text) {
    long before = undelivered.getAndAdd(text.length() + OVERHEAD);
    if (before > surface.properties().maxPayload().toBytes()) {
      // It asks, and does not listen.
      close();
      return;
    }
    engine.send(Packets.message(text));
  }

  /** Everything said so far is on its way. */
  void delivered() {
    undelivered.set(0);
  }

  /** Lets the client hear what has been said, and closes. Its turns are stopped at once. */
  void close() {
    closed();
    engine.close();
  }

  /**
   * Closes once what it has asked is answered: for when turns have ended, or will do by themselves.
   */
  void finish() {
    Session known = session();
    if (known == null) {
      close();
    } else {
      known.finish();
    }
  }

  /** The client has gone. Idempotent. */
  void closed() {
    Session known;
    synchronized (this) {
      closed = true;
      known = session;
    }
    deadline.cancel(false);
    if (known != null) {
      known.close();
    }
  }
}
