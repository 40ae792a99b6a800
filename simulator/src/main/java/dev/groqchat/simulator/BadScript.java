package dev.groqchat.simulator;

/** A script that cannot be carried out. The message names the option. */
public final class BadScript extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  BadScript(String option, String problem) {
    super("simulator option '" + option + "': " + problem);
  }
}
