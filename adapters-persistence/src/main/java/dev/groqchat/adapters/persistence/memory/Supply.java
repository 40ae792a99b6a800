package dev.groqchat.adapters.persistence.memory;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import java.util.concurrent.CompletableFuture;

/**
 * A bucket of one client, wherever it is kept: requests, or tokens. Its answers may come later.
 * Amounts are at least 1.
 */
public interface Supply {
  /** Takes so much, or nothing. */
  CompletableFuture<VerboseResult<ConsumptionProbe>> take(long amount);

  /** How long it will take until there is so much, in nanoseconds; 0 if there is. */
  CompletableFuture<Long> waitFor(long amount);

  /** Takes so much, even if there is less: what is missing has to come back first. */
  CompletableFuture<?> charge(long amount);

  /** Gives so much back; what does not fit is lost. */
  CompletableFuture<?> giveBack(long amount);
}
