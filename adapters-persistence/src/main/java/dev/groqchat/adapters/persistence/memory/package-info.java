/** Everything in this process's memory, bounded in age and size: for one machine. Only the JDK. */
@NullMarked
package dev.groqchat.adapters.persistence.memory;

import org.jspecify.annotations.NullMarked;
