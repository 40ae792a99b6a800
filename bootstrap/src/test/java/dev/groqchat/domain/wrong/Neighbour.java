package dev.groqchat.domain.wrong;

/** Wrong on purpose, see ArchitectureTest: the other half of a cycle asks for it. */
public interface Neighbour {}
