/**
 * The WebSocket surfaces: the native one, which carries many turns at once, and the classic one,
 * which answers one message after the other. What they share is the socket: who may open it,
 * reading, writing, heart-beats, and leaving.
 */
@NullMarked
package dev.groqchat.adapters.web.websocket;

import org.jspecify.annotations.NullMarked;
