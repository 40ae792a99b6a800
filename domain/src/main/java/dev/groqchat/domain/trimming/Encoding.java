package dev.groqchat.domain.trimming;

/**
 * A way to cut text into tokens.
 *
 * @param exact whether its counts are the model's own, rather than an estimate
 */
public record Encoding(String name, boolean exact) {}
