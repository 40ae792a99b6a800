package dev.groqchat.simulator;

import java.util.Optional;

/** A user message whose first line is meant for the simulator: {@code /sim tokens=50}. */
final class Directive {
  private static final String WORD = "/sim";

  private Directive() {}

  static Optional<String> in(String message) {
    String line = firstLine(message).strip();
    return isDirective(line) ? Optional.of(line.substring(WORD.length())) : Optional.empty();
  }

  /** The message without it; if there is nothing else, the message. */
  static String rest(String message) {
    if (!isDirective(firstLine(message).strip())) return message;
    String rest = message.substring(firstLine(message).length());
    return rest.isBlank() ? message : rest;
  }

  private static boolean isDirective(String line) {
    return line.equals(WORD) || line.startsWith(WORD + " ") || line.startsWith(WORD + "\t");
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
