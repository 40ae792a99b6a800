/** The gateway to Groq and to any other API that speaks OpenAI's chat completions. */
@NullMarked
package dev.groqchat.adapters.groq;

import org.jspecify.annotations.NullMarked;
