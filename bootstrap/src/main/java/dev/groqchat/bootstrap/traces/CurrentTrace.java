package dev.groqchat.bootstrap.traces;

import io.opentelemetry.context.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a thread works for; and every thread that it starts meanwhile, which is how a turn, on a
 * thread of its own, comes to belong to the request that started it. Thread-safe.
 */
final class CurrentTrace {
  private static final InheritableThreadLocal<@Nullable Context> CURRENT =
      new InheritableThreadLocal<>();

  private CurrentTrace() {}

  /** The root where there is none. */
  static Context get() {
    return Objects.requireNonNullElse(CURRENT.get(), Context.root());
  }

  /** Makes it the thread's, until what is returned is closed. */
  static Scope enter(Context context) {
    CURRENT.set(context);
    return CURRENT::remove;
  }

  /** While a thread works for something; closed by that thread. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
