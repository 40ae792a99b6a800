/**
 * Puts the service together: which adapter is plugged into which port, and how it is configured.
 */
@NullMarked
package dev.groqchat.bootstrap;

import org.jspecify.annotations.NullMarked;
