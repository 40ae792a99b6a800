package dev.groqchat.adapters.web.websocket;

import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.StartTurn;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** What all classic sockets have in common. Thread-safe. */
@Component
record ClassicActs(
    StartTurn startTurn,
    ReadConversation readConversation,
    ObjectMapper json,
    SocketProperties properties) {

  /** How many messages of full length may wait at one socket: they are rare. */
  private static final int LONG_MESSAGES = 4;

  /** How long the messages that wait at one socket may be together. */
  long maxWaitingChars() {
    return LONG_MESSAGES * properties.maxFrame().toBytes();
  }
}
