package dev.groqchat.adapters.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** How one surface writes an error. */
public interface ErrorForm {
  /**
   * Whether this surface answers the request. The first form that says so, in Spring's order,
   * writes the error.
   */
  boolean answers(HttpServletRequest request);

  String contentType();

  /** Headers that the surface has of its own. */
  default void headers(Problem problem, HttpServletRequest request, HttpServletResponse response) {}

  /** The body, which Jackson writes; a {@code String} is written as it is. */
  Object body(Problem problem, HttpServletRequest request);
}
