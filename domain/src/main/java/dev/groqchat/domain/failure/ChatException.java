package dev.groqchat.domain.failure;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Failure} to the one place of each surface that puts it into words. */
public final class ChatException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public ChatException(Failure failure) {
    this(failure, null);
  }

  /** The cause is for the log alone. */
  public ChatException(Failure failure, @Nullable Throwable cause) {
    super(failure.detail(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /** For a rule that a request breaks. */
  public static ChatException invalid(String field, String detail) {
    return new ChatException(new Failure.InvalidRequest(field, detail));
  }
}
