package dev.groqchat.adapters.socketio.wrong;

import dev.groqchat.bootstrap.GroqChatApplication;

/** Wrong on purpose, see ArchitectureTest. */
interface AdapterThatKnowsItsUser {
  GroqChatApplication user();
}
