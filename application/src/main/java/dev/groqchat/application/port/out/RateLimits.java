package dev.groqchat.application.port.out;

import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;

/**
 * How much each client may ask for, over all instances. Thread-safe. Calls may block for a short,
 * bounded time, and do not fail for want of a store: then each instance goes by its own share.
 * Clients that have not asked for long are forgotten; there is room for a bounded number of them.
 */
public interface RateLimits {
  /**
   * Takes one request and, as far as there is a limit to them, so many tokens; all or nothing.
   *
   * @param client the key's name or the address
   * @param tokens what the request may cost; {@link #settle} corrects it later
   * @return what is left
   * @throws dev.groqchat.domain.failure.ChatException {@link Failure.RateLimited}; nothing is taken
   */
  Allowance take(String client, long tokens);

  /**
   * Gives back the tokens that a request did not need, or takes what it needed beyond, which may
   * leave the client with less than nothing.
   *
   * @param taken with {@link #take}
   * @param used in truth
   */
  void settle(String client, long taken, long used);
}
