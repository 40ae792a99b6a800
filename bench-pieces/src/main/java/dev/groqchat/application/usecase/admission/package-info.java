/** Benchmarks, here because what they measure is no business of other packages. */
@NullMarked
package dev.groqchat.application.usecase.admission;

import org.jspecify.annotations.NullMarked;
