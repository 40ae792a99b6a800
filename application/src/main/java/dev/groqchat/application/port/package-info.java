/** What both kinds of port speak of. */
@NullMarked
package dev.groqchat.application.port;

import org.jspecify.annotations.NullMarked;
