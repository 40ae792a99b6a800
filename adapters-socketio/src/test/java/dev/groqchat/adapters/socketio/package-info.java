@NullMarked
package dev.groqchat.adapters.socketio;

import org.jspecify.annotations.NullMarked;
