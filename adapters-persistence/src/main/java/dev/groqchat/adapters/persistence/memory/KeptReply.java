package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.turn.TurnEvent;

/**
 * What a journal's events say together. It stays whole when events are dropped, and remembers how
 * much of it was theirs.
 */
final class KeptReply {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();

  /** How many chars are from events that are no longer kept. */
  private int droppedText;

  private int droppedReasoning;

  /** All that is known of a reply, none of it from events that are kept. */
  static KeptReply dropped(String text, String reasoning) {
    KeptReply reply = new KeptReply();
    reply.text.append(text);
    reply.reasoning.append(reasoning);
    reply.droppedText = text.length();
    reply.droppedReasoning = reasoning.length();
    return reply;
  }

  void add(TurnEvent event) {
    text.append(textOf(event));
    reasoning.append(reasoningOf(event));
  }

  /** The oldest event is no longer kept. */
  void drop(TurnEvent oldest) {
    droppedText += textOf(oldest).length();
    droppedReasoning += reasoningOf(oldest).length();
  }

  /** The newest event did not happen. */
  void takeBack(TurnEvent newest) {
    text.setLength(text.length() - textOf(newest).length());
    reasoning.setLength(reasoning.length() - reasoningOf(newest).length());
  }

  /** What an event adds to it, in bytes. */
  static long bytes(TurnEvent event) {
    return Footprint.text(textOf(event)) + Footprint.text(reasoningOf(event));
  }

  String text() {
    return text.toString();
  }

  String reasoning() {
    return reasoning.toString();
  }

  int textLength() {
    return text.length();
  }

  String text(int from, int to) {
    return text.substring(from, to);
  }

  String reasoning(int from, int to) {
    return reasoning.substring(from, to);
  }

  int droppedTextLength() {
    return droppedText;
  }

  int droppedReasoningLength() {
    return droppedReasoning;
  }

  String droppedText() {
    return text(0, droppedText);
  }

  String droppedReasoning() {
    return reasoning(0, droppedReasoning);
  }

  void trimToSize() {
    text.trimToSize();
    reasoning.trimToSize();
  }

  /** What an event adds to the text. */
  static String textOf(TurnEvent event) {
    return event instanceof TurnEvent.Delta delta ? delta.text() : "";
  }

  /** What an event adds to the reasoning. */
  static String reasoningOf(TurnEvent event) {
    return event instanceof TurnEvent.Reasoning thought ? thought.text() : "";
  }
}
