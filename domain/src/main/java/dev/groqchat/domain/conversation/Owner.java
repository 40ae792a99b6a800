package dev.groqchat.domain.conversation;

/**
 * Whose conversation it is: the API key's name, or, without keys, the one shared space.
 *
 * @param name the key's name; empty for the shared space, which no key can be called
 */
public record Owner(String name) {
  /** Everybody who needs no key. Whoever names an id here has it. */
  public static final Owner SHARED = new Owner("");

  public boolean shared() {
    return name.isEmpty();
  }
}
