package dev.groqchat.adapters.web.openai;

/** Text that means the same to everybody who reads it. */
final class Strict {
  private static final int SURROGATE = Character.SURROGATE;

  private Strict() {}

  /** Whether all of a name are characters: no half of one, and no NUL, at which C stops. */
  static boolean sound(String name) {
    return name.codePoints().noneMatch(it -> it == 0 || Character.getType(it) == SURROGATE);
  }
}
