package dev.groqchat.adapters.web.nativeapi;

import static dev.groqchat.adapters.web.nativeapi.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models, status, and the errors of everything below /api. */
@OverHttp
class ServiceTest {
  private final Site site;

  ServiceTest(Site site) {
    this.site = site;
  }

  @Test
  void theModelsAreOnOffer() {
    assertThat(site.get("/api/models").body())
        .isEqualTo(
            "{\"items\":["
                + "{\"id\":\"openai/gpt-oss-120b\",\"owned_by\":\"nobody\",\"context_window\":131072,\"max_reply_tokens\":131072},"
                + "{\"id\":\"llama-3.1-8b-instant\",\"owned_by\":\"nobody\",\"context_window\":131072,\"max_reply_tokens\":131072}"
                + "],\"next\":null}");
  }

  @Test
  void theStatusTellsVersionProviderAndLimits() {
    assertThat(site.get("/api/status").body())
        .isEqualTo(
            "{\"status\":\"ok\",\"version\":\"1.2.3\",\"demo\":true,\"provider\":\"fakes\","
                + "\"model\":\"openai/gpt-oss-120b\","
                + "\"limits\":{\"max_tokens\":1024,\"max_exchanges\":20,\"max_message_length\":32000,"
                + "\"max_prompt_length\":4000,\"max_open_turns\":1000}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/event-stream", "text/html", "application/yaml", "image/png", "%%%", "*/*"})
  void whateverAcceptSaysTheAnswerIsJson(String accept) {
    for (String path : new String[] {"/api/models", "/api/status", "/api/conversations"}) {
      Answer answer = site.get(path, "Accept: " + accept);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api",
    "/api/",
    "/api/nothing",
    "/api/models/x",
    "/api/conversations/a/b",
    "/%61pi/nothing",
    "/api;x=y/nothing"
  })
  void whereThereIsNothingIsAProblem(String path) {
    assertProblem(site.get(path), 404, "not-found", "there is nothing at this address");
  }

  @Test
  void whatOnlyBeginsLikeTheApiIsNotTheApi() {
    assertThat(site.get("/apiary").header("Content-Type")).isEqualTo("application/json");
    assertThat(site.get("/apiary").json().has("error_type")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /api/models                   | GET, HEAD, OPTIONS",
        "PUT    | /api/conversations            | GET, HEAD, OPTIONS, POST",
        "POST   | /api/conversations/a          | DELETE, GET, HEAD, OPTIONS, PATCH",
        "GET    | /api/conversations/a/turns    | OPTIONS, POST",
        "GET    | /api/conversations/a/turns/b/stop | OPTIONS, POST",
        "POST   | /api/conversations/a/turns/b/events | GET, HEAD, OPTIONS",
        "POST   | /api/conversations/a/turns/b  | GET, HEAD, OPTIONS",
        "DELETE | /api/conversations/a/turns/b/context | GET, HEAD, OPTIONS",
        "POST   | /api/status                   | GET, HEAD, OPTIONS",
        "GET    | /api/tickets                  | OPTIONS, POST",
      })
  void anotherMethodIsAProblem(String method, String path, String allowed) {
    Answer answer = site.call(method, path);

    assertProblem(
        answer,
        405,
        "method-not-allowed",
        method + " is not supported here; supported: " + allowed);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/models                            | GET,HEAD,OPTIONS",
        "/api/tickets                           | POST,OPTIONS",
        "/api/conversations                     | GET,HEAD,POST,OPTIONS",
        "/api/conversations/a                   | GET,HEAD,DELETE,PATCH,OPTIONS",
        "/api/conversations/a/turns             | POST,OPTIONS",
        "/api/conversations/a/turns/b           | GET,HEAD,OPTIONS",
        "/api/conversations/a/turns/b/events    | GET,HEAD,OPTIONS",
        "/chat                                  | POST,OPTIONS",
        "/history                               | GET,HEAD,DELETE,OPTIONS",
        "/health                                | GET,HEAD,OPTIONS",
      })
  void optionsTellsTheMethods(String path, String allowed) {
    Answer answer = site.call("OPTIONS", path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Allow").split(",", -1))
        .containsExactlyInAnyOrder(allowed.split(",", -1));
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/models, 200",
    "/api/status, 200",
    "/api/conversations, 200",
    "/api/conversations/nobodys, 404",
    "/api/conversations/nobodys/turns/b, 404",
    "/history, 200",
    "/health, 200",
    "/chat, 405",
    "/api/tickets, 405",
    "/api/conversations/a/turns, 405",
    "/nothing, 404",
    "/api/nothing, 404",
  })
  void headIsGetWithoutItsBody(String path, int status) {
    Answer head = site.call("HEAD", path);
    Answer get = site.get(path);

    assertThat(head.status()).isEqualTo(status).isEqualTo(get.status());
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/models, application/xml",
    "/api/status, application/yaml",
    "/api/conversations, image/png",
    "/history, text/html",
    "/health, text/event-stream",
    "/api/models, nonsense",
    "/api/conversations/nobodys, text/plain",
    "/nothing, image/png",
  })
  void whoAcceptsSomethingElseGetsJson(String path, String accept) {
    Answer answer = site.get(path, "Accept: " + accept);

    assertThat(answer.status()).isEqualTo(site.get(path).status());
    assertThat(answer.header("Content-Type")).isIn("application/json", "application/problem+json");
    assertThat(answer.json().isContainer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/conversations",
    "PATCH, /api/conversations/a",
    "POST, /api/conversations/a/turns"
  })
  void anotherTypeOfBodyIsAProblem(String method, String path) {
    Answer answer =
        Site.send(
            site.request(path, "Content-Type: text/plain")
                .method(method, BodyPublishers.ofString("{}")));

    assertProblem(answer, 415, "unsupported-media-type", "the body must be application/json");
  }

  @Test
  void pathParametersNameNothing() {
    String conversation = site.name("conversation");

    Answer answer = Api.say(site, conversation + ";x=y", "hi");

    assertThat(answer.json().get("conversation").stringValue()).isEqualTo(conversation);
    assertThat(answer.header("Location")).startsWith(Api.turns(conversation) + "/");
  }

  @Test
  void theDocumentationShowsTheApiAndNoInsides() {
    Answer docs = site.get("/v3/api-docs", "Accept: text/html");

    assertThat(docs.status()).isEqualTo(200);
    assertThat(docs.json().get("paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/chat",
            "/history",
            "/health",
            "/metrics",
            "/api/tickets",
            "/api/models",
            "/api/status",
            "/api/conversations",
            "/api/conversations/{id}",
            "/api/conversations/{conversation}/turns",
            "/api/conversations/{conversation}/turns/{turn}",
            "/api/conversations/{conversation}/turns/{turn}/events",
            "/api/conversations/{conversation}/turns/{turn}/stop",
            "/api/conversations/{conversation}/turns/{turn}/context");
    assertThat(docs.body()).doesNotContain("Caller").doesNotContain("caller");
    assertThat(docs.json().at("/paths/~1chat/post/parameters").toString())
        .doesNotContain("\"in\":\"header\",\"name\":\"Accept\"");
  }
}
