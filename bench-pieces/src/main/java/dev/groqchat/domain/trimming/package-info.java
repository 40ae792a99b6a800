/** Benchmarks, here because what they measure is no business of other packages. */
@NullMarked
package dev.groqchat.domain.trimming;

import org.jspecify.annotations.NullMarked;
