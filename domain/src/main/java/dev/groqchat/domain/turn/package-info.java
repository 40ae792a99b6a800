/** A turn: one user message and its reply, and the numbered events it is made of. */
@NullMarked
package dev.groqchat.domain.turn;

import org.jspecify.annotations.NullMarked;
