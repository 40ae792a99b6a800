/** The closed list of what can go wrong, in words that may be shown to anybody. */
@NullMarked
package dev.groqchat.domain.failure;

import org.jspecify.annotations.NullMarked;
