/** A Groq that can be slow, cut off, full or broken on request: for tests, demo and load runs. */
@NullMarked
package dev.groqchat.simulator;

import org.jspecify.annotations.NullMarked;
