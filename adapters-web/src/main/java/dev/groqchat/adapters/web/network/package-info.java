/** Addresses: where requests come from, and through whom. */
@NullMarked
package dev.groqchat.adapters.web.network;

import org.jspecify.annotations.NullMarked;
