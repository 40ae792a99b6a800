package dev.groqchat.domain.turn;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.id.UuidV7;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A turn's name among all turns of all owners; a UUID of version 7, never used again. */
public record TurnId(UUID value) {
  public static TurnId make(Instant now, RandomGenerator random) {
    return new TurnId(UuidV7.of(now, random));
  }

  /**
   * A turn's id as a client wrote it.
   *
   * @throws ChatException {@link Failure.NotFound} for what can be no turn's id
   */
  public static TurnId parse(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return new TurnId(id);
      }
    } catch (IllegalArgumentException _) {
      // Not an id at all: the same answer as for one that nobody has.
    }
    throw new ChatException(new Failure.NotFound("turn"));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
