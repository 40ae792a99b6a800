/** Published SDKs, unmodified, against the OpenAI-compatible surface: who can do what. */
@NullMarked
package dev.groqchat.acceptance.sdk;

import org.jspecify.annotations.NullMarked;
