package dev.groqchat.adapters.web.websocket;

import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.StopTurn;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** What all native sockets have in common. Thread-safe. */
@Component
record NativeActs(
    StartTurn startTurn,
    FollowTurn followTurn,
    StopTurn stopTurn,
    ObjectMapper json,
    SocketProperties properties) {

  ServerFrames frames() {
    return new ServerFrames(json);
  }
}
