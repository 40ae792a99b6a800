package dev.groqchat.domain.conversation;

/**
 * What one side said.
 *
 * @param text never blank from a user, see {@link MessageRules}; a reply may be empty
 */
public record Message(Role role, String text) {
  public static Message system(String text) {
    return new Message(Role.SYSTEM, text);
  }

  public static Message user(String text) {
    return new Message(Role.USER, text);
  }

  public static Message assistant(String text) {
    return new Message(Role.ASSISTANT, text);
  }
}
