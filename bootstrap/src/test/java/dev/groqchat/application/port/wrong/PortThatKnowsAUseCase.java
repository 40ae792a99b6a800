package dev.groqchat.application.port.wrong;

import dev.groqchat.application.usecase.TurnSettings;

/** Wrong on purpose, see ArchitectureTest. */
interface PortThatKnowsAUseCase {
  TurnSettings settings();
}
