package dev.groqchat.adapters.groq;

import dev.groqchat.domain.turn.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream says.
 *
 * @param text a piece of the answer; empty if there is none
 * @param reasoning a piece of what the model thinks; empty if there is none
 * @param finishReason null until the reply is whole
 * @param usage null if it does not say
 * @param error what went wrong at the provider; null if nothing did
 */
record Chunk(
    String text,
    String reasoning,
    @Nullable String finishReason,
    @Nullable Usage usage,
    @Nullable ProviderError error) {}
