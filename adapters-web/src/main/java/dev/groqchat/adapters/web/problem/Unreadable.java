package dev.groqchat.adapters.web.problem;

import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.net.SocketTimeoutException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DatabindException;

/** Says what is wrong with JSON that cannot be read, without showing any of it. */
public final class Unreadable {
  private Unreadable() {}

  /**
   * The problem that reading something ended with.
   *
   * @param what what was read, such as {@code the body}
   */
  public static Problem problem(String what, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BodyTooLargeException tooLarge -> {
          return tooLarge.problem();
        }
        case SocketTimeoutException _ -> {
          return late();
        }
        case ChatException chat -> {
          return Problem.of(chat.failure());
        }
        case DatabindException wrongType -> {
          String where = wrongType.getPath().isEmpty() ? what : field(wrongType);
          return invalid(where + " has the wrong type");
        }
        case JacksonIOException _ -> {
          // Not the text's fault: its cause tells more.
        }
        case InputCoercionException _ -> {
          return invalid("a number in " + what + " is out of range");
        }
        case JacksonException _ -> {
          return invalid(what + " is not valid JSON");
        }
        default -> {}
      }
    }
    return invalid(what + " is missing or cannot be read");
  }

  /** The problem of a request whose rest does not come. */
  public static Problem late() {
    return Problem.of(
        408,
        "request_timeout",
        "The request did not come",
        "the rest of the request did not come in time");
  }

  /** The problem of a request that is no request, or a trick. */
  public static Problem request() {
    return Problem.of(
        400, "request_error", "The request cannot be served", "the request cannot be understood");
  }

  private static String field(DatabindException e) {
    return e.getPath().stream()
        .map(part ->
            part.getPropertyName() == null ? "[" + part.getIndex() + "]" : part.getPropertyName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static Problem invalid(String detail) {
    return Problem.of(new Failure.InvalidRequest("body", detail));
  }
}
