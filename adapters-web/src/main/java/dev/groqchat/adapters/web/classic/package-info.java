/** The classic API: what the clients of five earlier services expect, to the letter. */
@NullMarked
package dev.groqchat.adapters.web.classic;

import org.jspecify.annotations.NullMarked;
