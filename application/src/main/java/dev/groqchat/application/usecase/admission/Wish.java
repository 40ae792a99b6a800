package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.model.ModelId;
import java.time.Duration;

/**
 * What wants to be let in.
 *
 * @param id of the question; one of the same id is let in only when this one is out again
 * @param cost tokens of the prompt, and the most that the reply may have
 * @param patience how long it may wait
 * @param again whether it was in already and has to wait once more, through no fault of its own:
 *     then it is the first of its client
 */
public record Wish(
    String client, ModelId model, String id, long cost, Duration patience, boolean again) {}
