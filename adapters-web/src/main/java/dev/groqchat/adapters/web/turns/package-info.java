/** What starting a turn has in common on all surfaces over HTTP and WebSockets. */
@NullMarked
package dev.groqchat.adapters.web.turns;

import org.jspecify.annotations.NullMarked;
