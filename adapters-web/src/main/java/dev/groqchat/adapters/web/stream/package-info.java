/** One sender of server-sent events for every dialect. */
@NullMarked
package dev.groqchat.adapters.web.stream;

import org.jspecify.annotations.NullMarked;
