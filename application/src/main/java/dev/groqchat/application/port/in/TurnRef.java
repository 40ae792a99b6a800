package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.turn.TurnId;
import org.jspecify.annotations.Nullable;

/**
 * A turn as a client names it.
 *
 * @param within the conversation it must be in; null where the client did not say
 */
public record TurnRef(@Nullable ConversationId within, TurnId turn) {}
