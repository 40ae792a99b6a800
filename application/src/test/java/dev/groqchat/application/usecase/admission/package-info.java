/** How turns are let in, on a clock that a test moves. */
@NullMarked
package dev.groqchat.application.usecase.admission;

import org.jspecify.annotations.NullMarked;
