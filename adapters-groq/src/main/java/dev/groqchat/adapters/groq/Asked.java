package dev.groqchat.adapters.groq;

/**
 * When a question was first asked. Its limits of time count from there, however often it is asked
 * again: whoever waits for the reply knows nothing of that.
 */
final class Asked {
  /** By {@link System#nanoTime()}, on the thread that asks; not bound where nobody asks again. */
  static final ScopedValue<Long> AT = ScopedValue.newInstance();

  private Asked() {}

  /** When the question in hand was first asked: now, if it was not before. */
  static long since() {
    return AT.isBound() ? AT.get() : System.nanoTime();
  }
}
