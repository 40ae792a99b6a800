package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.application.port.out.TicketStore;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tickets in a map. */
final class MemoryTicketStore implements TicketStore {
  /** What a client should wait that came when there were too many. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Map<String, Kept> tickets = new HashMap<>();
  private final int most;
  private final InstantSource clock;

  MemoryTicketStore(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  @Override
  public synchronized void keep(String ticket, Holder holder, Duration validFor) {
    if (tickets.size() >= most) {
      Instant now = clock.instant();
      tickets.values().removeIf(kept -> !kept.until().isAfter(now));
    }
    if (tickets.size() >= most) {
      throw new ChatException(new Failure.TooBusy(RETRY_AFTER));
    }
    tickets.put(ticket, new Kept(holder, clock.instant().plus(validFor)));
  }

  @Override
  public synchronized Optional<Holder> take(String ticket) {
    @Nullable Kept kept = tickets.remove(ticket);
    return kept != null && kept.until().isAfter(clock.instant())
        ? Optional.of(kept.holder())
        : Optional.empty();
  }

  private record Kept(Holder holder, Instant until) {}
}
