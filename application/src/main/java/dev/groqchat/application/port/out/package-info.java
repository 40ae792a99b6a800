/**
 * What is needed from outside. An adapter implements one of these and runs its contract, which this
 * module exports as {@code test-fixtures}.
 */
@NullMarked
package dev.groqchat.application.port.out;

import org.jspecify.annotations.NullMarked;
