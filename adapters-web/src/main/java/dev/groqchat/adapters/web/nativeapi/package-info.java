/** The native API: conversations and turns as JSON and as server-sent events. */
@NullMarked
package dev.groqchat.adapters.web.nativeapi;

import org.jspecify.annotations.NullMarked;
