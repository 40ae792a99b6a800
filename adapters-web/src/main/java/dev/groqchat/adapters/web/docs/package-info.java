/** What the documentation of all operations has in common. */
@NullMarked
package dev.groqchat.adapters.web.docs;

import org.jspecify.annotations.NullMarked;
