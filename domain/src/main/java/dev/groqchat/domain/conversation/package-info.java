/** Conversations, who owns them, and the rules for what is said in them. */
@NullMarked
package dev.groqchat.domain.conversation;

import org.jspecify.annotations.NullMarked;
