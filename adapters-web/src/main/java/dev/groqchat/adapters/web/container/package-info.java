/** What the servlet container says by itself, put into the words of the surfaces. */
@NullMarked
package dev.groqchat.adapters.web.container;

import org.jspecify.annotations.NullMarked;
