package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.nativeapi.ErrorJson;
import dev.groqchat.adapters.web.nativeapi.EventJson;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnId;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the native socket sends: the native API's events, and a few words of its own. */
final class ServerFrames {
  private final ObjectMapper json;

  ServerFrames(ObjectMapper json) {
    this.json = json;
  }

  ObjectNode event(TurnId turn, NumberedEvent event, Ref ref) {
    return frame(turn, EventJson.of(turn, event), ref);
  }

  ObjectNode stop(StopTurn.Receipt receipt, Ref ref) {
    return frame(receipt.turn(), EventJson.of(receipt), ref);
  }

  private ObjectNode frame(TurnId turn, EventJson event, Ref ref) {
    ObjectNode frame = named(event.name()).put("turn", turn.toString());
    frame.setAll(json.<ObjectNode>valueToTree(event.data()));
    ref.putInto(frame);
    return frame;
  }

  /** There is nothing more to follow, and the last event was known, or there is none. */
  ObjectNode end(TurnId turn, Ref ref) {
    ObjectNode frame = named("end").put("turn", turn.toString());
    ref.putInto(frame);
    return frame;
  }

  ObjectNode error(ErrorJson error, Ref ref) {
    ObjectNode frame = named("error");
    frame.set("error", json.valueToTree(error));
    ref.putInto(frame);
    return frame;
  }

  /** A turn cannot be followed any further for now, whatever becomes of it. */
  ObjectNode lost(TurnId turn, ErrorJson error, Ref ref) {
    return error(error, ref).put("turn", turn.toString());
  }

  ObjectNode pong(Ref ref) {
    ObjectNode frame = named("pong");
    ref.putInto(frame);
    return frame;
  }

  /** Come back, but not all at once. */
  static Map<String, Object> reconnect(int afterMillis) {
    return Map.of("type", "reconnect", "after_ms", afterMillis);
  }

  private ObjectNode named(String type) {
    return json.createObjectNode().put("type", type);
  }
}
