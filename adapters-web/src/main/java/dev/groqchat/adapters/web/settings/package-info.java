/** What the surfaces over HTTP can be told. */
@NullMarked
package dev.groqchat.adapters.web.settings;

import org.jspecify.annotations.NullMarked;
