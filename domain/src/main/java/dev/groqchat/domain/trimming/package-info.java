/** Which part of a conversation the model sees. */
@NullMarked
package dev.groqchat.domain.trimming;

import org.jspecify.annotations.NullMarked;
