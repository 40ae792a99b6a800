/** What all surfaces over HTTP share: their configuration. */
@NullMarked
package dev.groqchat.adapters.web;

import org.jspecify.annotations.NullMarked;
