package dev.groqchat.adapters.groq.wrong;

import dev.groqchat.bootstrap.GroqChatApplication;

/** Wrong on purpose, see ArchitectureTest. */
interface AdapterThatKnowsItsUser {
  GroqChatApplication user();
}
