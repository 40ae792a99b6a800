/**
 * The benchmark: a cheap upstream, a load generator that checks every token, and what the kernel
 * says of the processes between them. Runs by {@code bench/run}.
 */
@NullMarked
package dev.groqchat.bench;

import org.jspecify.annotations.NullMarked;
