/**
 * The OpenAI-compatible API: passes questions on in the asker's own words, and errors on in the
 * form that OpenAI's and Groq's clients know.
 */
@NullMarked
package dev.groqchat.adapters.web.openai;

import org.jspecify.annotations.NullMarked;
