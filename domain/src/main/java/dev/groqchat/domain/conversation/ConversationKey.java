package dev.groqchat.domain.conversation;

/** A conversation's name among all: ids belong to their owner, and two owners may use the same. */
public record ConversationKey(Owner owner, ConversationId id) {}
