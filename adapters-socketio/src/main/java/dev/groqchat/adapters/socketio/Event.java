package dev.groqchat.adapters.socketio;

import java.util.Map;

/** Something said to a client: an event's name, and the members of the object that goes with it. */
record Event(String name, Map<String, String> members) {}
