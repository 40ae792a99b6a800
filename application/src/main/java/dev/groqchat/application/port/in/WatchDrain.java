package dev.groqchat.application.port.in;

/** Tells surfaces whether this instance is going away, so that they tell their clients. */
public interface WatchDrain {
  /** Whether no new turn is taken any more. Quick; stays true once it is. */
  boolean draining();
}
