/** Identifiers that sort by the time they were made. */
@NullMarked
package dev.groqchat.domain.id;

import org.jspecify.annotations.NullMarked;
