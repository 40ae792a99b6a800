package dev.groqchat.adapters.persistence.wrong;

import dev.groqchat.bootstrap.GroqChatApplication;

/** Wrong on purpose, see ArchitectureTest. */
interface AdapterThatKnowsItsUser {
  GroqChatApplication user();
}
