/** What clients may ask: one interface a use case, one method each. */
@NullMarked
package dev.groqchat.application.port.in;

import org.jspecify.annotations.NullMarked;
