package dev.groqchat.adapters.web;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer as it came over the wire. */
public record Answer(int status, HttpHeaders headers, String body) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** A header's value; empty if there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The cookies that are set, whole. */
  public List<String> cookies() {
    return headers.allValues("Set-Cookie");
  }

  /** The cookies that are set, as a client sends them back. */
  public String cookiesSentBack() {
    return String.join(
        "; ", cookies().stream().map(it -> it.substring(0, it.indexOf(';'))).toList());
  }

  public JsonNode json() {
    return JSON.readTree(body);
  }

  /** The body without the comments of a stream, which come when they come. */
  public String frames() {
    return body.replaceAll("(?m)^: .*\n\n", "");
  }

  /** The events of a stream. */
  public List<Event> events() {
    return Event.all(body);
  }

  /** The names of a stream's events. */
  public List<String> eventNames() {
    return events().stream().map(Event::name).toList();
  }
}
