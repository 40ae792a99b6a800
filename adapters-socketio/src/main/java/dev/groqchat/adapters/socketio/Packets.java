package dev.groqchat.adapters.socketio;

import io.socket.socketio.server.parser.IOParser;
import io.socket.socketio.server.parser.Packet;
import io.socket.socketio.server.parser.Parser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** Socket.IO's packets as text, by the library's own parser. */
final class Packets {
  /** The one namespace there is. */
  static final String ROOT = "/";

  /** Held on to: the JDK forgets a logger, and its level, that nobody holds. */
  private static final Logger PARSER = Logger.getLogger(IOParser.class.getName());

  static {
    // It would log a stack trace, with the client's words, for every nonsense a client sends.
    PARSER.setLevel(Level.OFF);
  }

  private Packets() {}

  /**
   * A packet that a client sent.
   *
   * @throws RuntimeException if it is none, or is one with binary parts, which have no use here
   */
  static Packet<?> decode(String text) {
    if (!Literals.areShort(text)) {
      throw new IllegalArgumentException("a number without end");
    }
    AtomicReference<@Nullable Packet<?>> decoded = new AtomicReference<>();
    // A decoder of its own for each: one that lives longer gathers binary parts without a limit.
    IOParser.Decoder decoder = new IOParser.Decoder();
    decoder.onDecoded(decoded::set);
    decoder.add(text);
    Packet<?> packet = decoded.get();
    if (packet == null) {
      throw new IllegalArgumentException("binary parts");
    }
    return packet;
  }

  static String event(Event event) {
    Packet<Object> packet =
        new Packet<>(
            Parser.EVENT, new JSONArray().put(event.name()).put(new JSONObject(event.members())));
    return encode(packet);
  }

  static String connected(String socketId) {
    return encode(new Packet<>(Parser.CONNECT, new JSONObject().put("sid", socketId)));
  }

  static String refused(String namespace, String why) {
    Packet<Object> packet =
        new Packet<>(Parser.CONNECT_ERROR, new JSONObject().put("message", why));
    packet.nsp = namespace;
    return encode(packet);
  }

  /** Says that an event has come, for a client that asked to be told. */
  static String acknowledged(int id) {
    Packet<Object> packet = new Packet<>(Parser.ACK, new JSONArray());
    packet.id = id;
    return encode(packet);
  }

  /** What carries a packet of Socket.IO: one of Engine.IO, of the same name. */
  static io.socket.engineio.server.parser.Packet<String> message(String text) {
    return new io.socket.engineio.server.parser.Packet<>(
        io.socket.engineio.server.parser.Packet.MESSAGE, text);
  }

  private static String encode(Packet<Object> packet) {
    StringBuilder text = new StringBuilder();
    new IOParser.Encoder().encode(packet, parts -> text.append(parts[0]));
    return text.toString();
  }
}
