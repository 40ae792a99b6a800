package dev.groqchat.adapters.web.docs;

import dev.groqchat.adapters.web.problem.RateLimitHeaders;
import dev.groqchat.adapters.web.security.RequestIds;
import dev.groqchat.adapters.web.stream.Replies;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The headers that answers of many operations have, in words. */
final class SharedHeaders {
  private SharedHeaders() {}

  static void requestId(ApiResponse response) {
    response.addHeaderObject(
        RequestIds.HEADER, header(string(), "The request's own, or the one that it was given."));
  }

  static void wait(ApiResponse response) {
    response.addHeaderObject(
        HttpHeaders.RETRY_AFTER, header(count(), "In how many seconds it is worth trying again."));
  }

  static void challenge(ApiResponse response) {
    response.addHeaderObject(
        HttpHeaders.WWW_AUTHENTICATE, header(string(), "How a key can be sent: Bearer."));
  }

  static void limits(ApiResponse response) {
    response.addHeaderObject(
        RateLimitHeaders.LIMIT,
        header(count(), "How many requests may come at once; absent without a limit."));
    response.addHeaderObject(
        RateLimitHeaders.REMAINING, header(count(), "How many of these are left."));
    response.addHeaderObject(
        RateLimitHeaders.RESET, header(count(), "In how many seconds all are back."));
  }

  static void reuse(ApiResponse response) {
    Schema<String> words = string();
    words.setEnum(List.of("hit", "miss", "joined"));
    response.addHeaderObject(
        Replies.REUSE,
        header(
            words,
            "Where the reply came from; absent where none that was made before would have done, and of"
                + " streams that begin before it is known."));
  }

  static void own(ApiResponse response, Map<String, String> headers) {
    headers.forEach((name, says) -> response.addHeaderObject(name, header(string(), says)));
  }

  private static Schema<String> string() {
    Schema<String> schema = new StringSchema();
    schema.addType("string");
    return schema;
  }

  private static Schema<Number> count() {
    Schema<Number> schema = new IntegerSchema().format(null);
    schema.addType("integer");
    return schema;
  }

  private static Header header(Schema<?> schema, String description) {
    return new Header().description(description).schema(schema);
  }
}
