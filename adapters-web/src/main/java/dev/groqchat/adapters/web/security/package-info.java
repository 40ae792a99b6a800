/** Who is asking: request ids, keys, visitors. */
@NullMarked
package dev.groqchat.adapters.web.security;

import org.jspecify.annotations.NullMarked;
