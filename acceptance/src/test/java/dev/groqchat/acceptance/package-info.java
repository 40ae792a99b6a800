/** What a newcomer does with the packaged service. */
@NullMarked
package dev.groqchat.acceptance;

import org.jspecify.annotations.NullMarked;
