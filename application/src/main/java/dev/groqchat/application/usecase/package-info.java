/** The order of steps: what happens between a client's wish and the ports. */
@NullMarked
package dev.groqchat.application.usecase;

import org.jspecify.annotations.NullMarked;
