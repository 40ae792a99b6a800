package dev.groqchat.application.port.in;

import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking.
 *
 * @param owner whose conversations are meant
 * @param client for limits and fairness: the key's name, else the address
 * @param visitor the browser, where there are no keys; null otherwise
 * @param requestId under which the logs have this request
 */
public record Caller(Owner owner, String client, @Nullable VisitorId visitor, String requestId) {}
