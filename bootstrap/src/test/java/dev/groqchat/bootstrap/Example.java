package dev.groqchat.bootstrap;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One way to press "Execute" in Swagger UI: an operation with the examples of its parameters, one
 * of its bodies, and one of the content types that it can be asked for.
 */
record Example(
    Specification.Operation operation,
    String name,
    @Nullable JsonNode body,
    @Nullable String accept) {

  static List<Example> of(Specification.Operation operation) {
    List<Example> all = new ArrayList<>();
    for (String accept : accepts(operation)) {
      JsonNode bodies = operation.json().at("/requestBody/content/application~1json/examples");
      bodies.forEachEntry(
          (name, it) -> all.add(new Example(operation, name, it.get("value"), accept)));
      if (!operation.json().has("requestBody")) {
        all.add(new Example(operation, "without a body", null, accept));
      }
    }
    return all;
  }

  /** What the list of content types offers; nothing where there is none. */
  private static List<@Nullable String> accepts(Specification.Operation operation) {
    List<@Nullable String> accepts = new ArrayList<>();
    operation
        .responses()
        .forEach((status, response) -> {
          if (status.startsWith("2") && response.has("content")) {
            accepts.addAll(response.get("content").propertyNames());
          }
        });
    if (accepts.isEmpty()) {
      accepts.add(null);
    }
    return accepts;
  }

  HttpRequest request(URI service) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    List<String> headers = new ArrayList<>();
    for (JsonNode parameter : operation.json().path("parameters")) {
      if (!parameter.has("example")) {
        if (parameter.path("required").asBoolean(false)) {
          throw new AssertionError(operation + " has no example for " + parameter.get("name"));
        }
        continue;
      }
      String name = parameter.get("name").stringValue();
      String value = parameter.get("example").asString();
      switch (parameter.get("in").stringValue()) {
        case "path" -> path = path.replace("{" + name + "}", value);
        case "query" ->
            query.append(query.isEmpty() ? '?' : '&').append(name + "=" + encoded(value));
        case "header" -> headers.addAll(List.of(name, value));
        default -> throw new AssertionError(parameter);
      }
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path + query));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    if (accept != null) {
      request.header("Accept", accept);
    }
    if (body == null) {
      return request.method(operation.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(operation.method(), BodyPublishers.ofString(body.toString()))
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return operation + ", " + name + (accept == null ? "" : ", as " + accept);
  }
}
