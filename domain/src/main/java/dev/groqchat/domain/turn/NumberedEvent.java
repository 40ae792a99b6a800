package dev.groqchat.domain.turn;

/**
 * An event and its place in its turn.
 *
 * @param seq 1 for the first, without gaps; for a {@link TurnEvent.Gap} that of the last event it
 *     stands for
 */
public record NumberedEvent(long seq, TurnEvent event) {
  public boolean ending() {
    return event instanceof TurnEvent.Ending;
  }
}
