/** Where conversations and journals are kept. Only the configuration is for other modules. */
@NullMarked
package dev.groqchat.adapters.persistence;

import org.jspecify.annotations.NullMarked;
