package dev.groqchat.adapters.socketio;

import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.StartTurn;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all connections need.
 *
 * @param random unguessable: without API keys, knowing an id opens a door
 */
record Surface(
    StartTurn startTurn,
    ReadConversation readConversation,
    KeyHolders keys,
    InstantSource clock,
    RandomGenerator random,
    SocketIoProperties properties) {
  Wording wording() {
    return new Wording(clock, properties.zone());
  }
}
