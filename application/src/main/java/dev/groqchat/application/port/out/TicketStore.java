package dev.groqchat.application.port.out;

import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one-time tickets for those who cannot show a key where they go next. Thread-safe. Calls may
 * block for a short, bounded time and fail with {@link Failure.StoreUnavailable}.
 */
public interface TicketStore {
  /**
   * Keeps a ticket for a while.
   *
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.TooBusy} if there are too many
   */
  void keep(String ticket, Holder holder, Duration validFor);

  /** Takes a ticket out: whoever comes second, or too late, gets nothing. */
  Optional<Holder> take(String ticket);

  /**
   * Who a ticket is for.
   *
   * @param client for limits and fairness
   * @param visitor the browser, where there are no keys; null otherwise
   */
  record Holder(Owner owner, String client, @Nullable VisitorId visitor) {}
}
