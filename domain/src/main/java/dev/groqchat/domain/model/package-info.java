/** Models and what they can hold. */
@NullMarked
package dev.groqchat.domain.model;

import org.jspecify.annotations.NullMarked;
