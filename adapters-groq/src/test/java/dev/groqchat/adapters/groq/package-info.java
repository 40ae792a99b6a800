@NullMarked
package dev.groqchat.adapters.groq;

import org.jspecify.annotations.NullMarked;
