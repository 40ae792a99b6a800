/**
 * Everything in this process's memory, bounded in age and size: for one machine, or for an instance
 * that is on its own for a while.
 */
@NullMarked
package dev.groqchat.adapters.persistence.memory;

import org.jspecify.annotations.NullMarked;
