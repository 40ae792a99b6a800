package dev.groqchat.simulator;

import java.util.Map;
import java.util.Optional;

/** A request as it came. Header names in any case. */
record RawRequest(
    String method, String target, Map<String, String> headers, String body, boolean keepAlive) {
  /** The path without the query, as sent. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
