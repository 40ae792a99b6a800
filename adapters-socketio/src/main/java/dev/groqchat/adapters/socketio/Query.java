package dev.groqchat.adapters.socketio;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The parameters of an address. Not the servlet's own, which may come from a body as well; of those
 * given twice, the first.
 */
record Query(Map<String, String> parameters) {
  /**
   * Reads the part behind the question mark.
   *
   * @throws IllegalArgumentException if it is not encoded as it must be
   */
  static Query parse(@Nullable String text) {
    Map<String, String> parameters = new HashMap<>();
    if (text != null) {
      UriComponentsBuilder.newInstance()
          .query(text)
          .build()
          .getQueryParams()
          .forEach((name, values) -> parameters.put(decoded(name), decoded(values.getFirst())));
    }
    return new Query(Map.copyOf(parameters));
  }

  private static String decoded(@Nullable String value) {
    return value == null ? "" : UriUtils.decode(value, StandardCharsets.UTF_8);
  }

  @Nullable String get(String name) {
    return parameters.get(name);
  }
}
