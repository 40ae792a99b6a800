package dev.groqchat.acceptance.sdk;

import org.jspecify.annotations.Nullable;

/**
 * What an SDK gave its caller; the drivers in other languages print it as JSON.
 *
 * @param text what came before the error, if there is one
 * @param pieces in how many pieces the text came
 * @param error what was thrown; null if nothing was
 */
record Answer(
    String id,
    String text,
    int pieces,
    String reasoning,
    @Nullable Tokens usage,
    @Nullable Call tool,
    @Nullable Raised error) {

  record Tokens(long prompt, long completion, long total) {}

  /** A tool call; the arguments are JSON. */
  record Call(String name, String arguments) {}

  /**
   * An error.
   *
   * @param type its class, without the package
   * @param status as the error itself tells it; 0 if it does not
   */
  record Raised(String type, int status, String message) {}
}
