/** The chat over Socket.IO, at {@code /socket.io/}: a surface that knows no other module's. */
@NullMarked
package dev.groqchat.adapters.socketio;

import org.jspecify.annotations.NullMarked;
