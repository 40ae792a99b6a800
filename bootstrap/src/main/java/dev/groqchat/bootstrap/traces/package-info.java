/** Traces, where somebody wants them: spans around requests and around what the model is asked. */
@NullMarked
package dev.groqchat.bootstrap.traces;

import org.jspecify.annotations.NullMarked;
