/** What the benchmarks of single pieces have in common; each stands in the package of its piece. */
@NullMarked
package dev.groqchat.bench.pieces;

import org.jspecify.annotations.NullMarked;
