/** How much may go through, here and at the provider: what is left of it, and what to do then. */
@NullMarked
package dev.groqchat.domain.traffic;

import org.jspecify.annotations.NullMarked;
