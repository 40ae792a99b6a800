package dev.groqchat.application.usecase;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.turn.TurnId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** The two things a value may not take for itself: the time and chance. */
record Ids(InstantSource clock, RandomGenerator random) {
  /** The time, as fine as it is stored and shown anywhere. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  TurnId turn() {
    return TurnId.make(now(), random);
  }

  ConversationId conversation() {
    return ConversationId.make(now(), random);
  }
}
