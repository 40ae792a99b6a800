package dev.groqchat.adapters.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/** How one surface writes an error. */
public interface ErrorForm {
  /** The request's id in what {@link #example} shows. */
  String SAMPLE_REQUEST_ID = "7f3b6c52-0c1e-4f0a-9a52-3f6f2f1f6f10";

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

  /**
   * Whether a controller's method answers errors in this form, for its documentation. The
   * controllers beside this form do, unless it knows better.
   */
  default boolean documents(HandlerMethod method) {
    return method.getBeanType().getPackage().equals(getClass().getPackage());
  }

  /** What a status means in the documentation of this surface; null for what it usually does. */
  default @Nullable String meaning(int status) {
    return null;
  }

  /** Headers, and what they say, that answers with a status may have on this surface alone. */
  default Map<String, String> documentedHeaders(int status) {
    return Map.of();
  }

  /** A body as the documentation shows it; its class is the documented schema. */
  Object example(Problem problem);
}
