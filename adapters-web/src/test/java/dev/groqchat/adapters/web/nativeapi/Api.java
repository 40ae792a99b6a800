package dev.groqchat.adapters.web.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Site;

/** What clients of the native API send, and what all its errors have in common. */
final class Api {
  static final String CONVERSATIONS = "/api/conversations";
  static final String STREAM = "Accept: text/event-stream";

  private Api() {}

  static String message(String text) {
    return "{\"message\":\"" + text + "\"}";
  }

  static String turns(String conversation) {
    return CONVERSATIONS + "/" + conversation + "/turns";
  }

  static Answer say(Site site, String conversation, String text, String... headers) {
    return site.post(turns(conversation), message(text), headers);
  }

  /** Where a turn is, by the answer that started it. */
  static String path(Answer started) {
    return started.header("Location");
  }

  static void assertProblem(Answer answer, int status, String kind, String detail) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().propertyNames())
        .startsWith("type", "title", "status", "detail", "request_id");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:groqchat:problem:" + kind);
    assertThat(answer.json().get("title").stringValue()).isNotBlank();
    assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    assertThat(answer.json().get("detail").stringValue()).isEqualTo(detail);
    assertThat(answer.json().get("request_id").stringValue())
        .isEqualTo(answer.header("X-Request-ID"));
  }
}
