/** The chat page as people use it: in a browser, over the packaged service. */
@NullMarked
package dev.groqchat.acceptance.page;

import org.jspecify.annotations.NullMarked;
