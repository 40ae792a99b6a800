/**
 * Lets turns in: in a fair order, only so many at once, and when the provider has room for them.
 */
@NullMarked
package dev.groqchat.application.usecase.admission;

import org.jspecify.annotations.NullMarked;
