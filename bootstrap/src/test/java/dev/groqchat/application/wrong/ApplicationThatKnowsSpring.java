package dev.groqchat.application.wrong;

import org.springframework.core.Ordered;

/** Wrong on purpose, see ArchitectureTest. */
abstract class ApplicationThatKnowsSpring implements Ordered {}
