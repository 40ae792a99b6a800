/** One place that turns every failure into a status and words, for each surface. */
@NullMarked
package dev.groqchat.adapters.web.problem;

import org.jspecify.annotations.NullMarked;
