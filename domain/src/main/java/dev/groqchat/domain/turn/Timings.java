package dev.groqchat.domain.turn;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a turn's time went.
 *
 * @param queue waiting before the model was asked
 * @param firstToken from the start of the turn to the first piece of the reply; null if there was
 *     none
 * @param total from the start to the end
 * @param overhead our own part: neither waiting in a queue nor for the model
 */
public record Timings(
    Duration queue, @Nullable Duration firstToken, Duration total, Duration overhead) {}
