/** Whether the benchmarks still measure what they say. */
@NullMarked
package dev.groqchat.bench.pieces;

import org.jspecify.annotations.NullMarked;
