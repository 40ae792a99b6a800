package dev.groqchat.adapters.web.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP asks of every address, on all surfaces. */
@OverHttp
class HttpDetailsTest {
  private static final String TURN = "/api/conversations/any/turns/latest";

  private final Site site;

  HttpDetailsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/chat; POST",
        "/history; GET DELETE HEAD",
        "/health; GET HEAD",
        "/api/status; GET HEAD",
        "/api/models; GET HEAD",
        "/api/tickets; POST",
        "/api/conversations; GET HEAD POST",
        "/api/conversations/any; GET HEAD PATCH DELETE",
        "/api/conversations/any/turns; POST",
        TURN + "; GET HEAD",
        TURN + "/events; GET HEAD",
        TURN + "/stop; POST",
        TURN + "/context; GET HEAD",
        "/v3/api-docs; GET HEAD",
      })
  void otherMethodsAreRefusedAndOptionsSaysTheSame(String path, String methods) {
    String[] expected = (methods + " OPTIONS").split(" ", -1);
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")) {
      if (!Arrays.asList(expected).contains(method)) {
        String answer = raw(method + " " + path + " HTTP/1.1\nHost: x\nConnection: close", "");
        assertThat(answer).as(method).startsWith("HTTP/1.1 405");
        assertThat(allowed(header(answer, "Allow"))).as(method).containsExactlyInAnyOrder(expected);
      }
    }
    Answer options = site.call("OPTIONS", path);
    assertThat(options.status()).isEqualTo(200);
    assertThat(allowed(options.header("Allow"))).containsExactlyInAnyOrder(expected);
    assertThat(options.header("Accept-Patch"))
        .isEqualTo(methods.contains("PATCH") ? "application/json" : "");
    assertThat(options.headers().map().containsKey("accept-patch"))
        .isEqualTo(methods.contains("PATCH"));
  }

  private static List<String> allowed(String header) {
    return Arrays.stream(header.split(",", -1)).map(String::strip).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/nothing",
        "/api",
        "/api/",
        "/api/status/",
        "/api/conversations/any/turns/",
      })
  void thereIsNothingAtOtherAddressesOfTheApi(String path) {
    assertThat(raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close", ""))
        .startsWith("HTTP/1.1 404")
        .contains("Content-Type: application/problem+json")
        .contains("\"type\":\"urn:groqchat:problem:not-found\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api//status",
        "/api/..;/health",
        "/api/../health",
        "/api/%2e%2e/health",
        "/api;x=y/status",
        "/api/conversations/a;x=y",
        "//chat",
        "//api/status",
        "/chat%00",
        "/chat%0a",
        "/chat%5c",
      })
  void addressesThatAreTricksAreRefused(String path) {
    assertThat(raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close", ""))
        .startsWith("HTTP/1.1 400")
        .containsPattern("Content-Type: application/(problem\\+)?json")
        .contains(
            "the request cannot be understood", "X-Request-ID", "X-Content-Type-Options: nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/health/", "/chat/", "/error", "/%252e%252e/health"})
  void thereIsNothingAtOtherAddresses(String path) {
    assertThat(raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close", ""))
        .startsWith("HTTP/1.1 404")
        .contains("Content-Type: application/json")
        .contains("\"error_type\":\"not_found\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/health",
    "/history",
    "/api/status",
    "/api/models",
    "/api/conversations",
    "/api/conversations/nobodys",
    "/v3/api-docs",
    "/nothing"
  })
  void headIsGetWithoutItsBody(String path) {
    String get = raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close", "");
    String head = raw("HEAD " + path + " HTTP/1.1\nHost: x\nConnection: close", "");

    assertThat(head).endsWith("\r\n\r\n");
    assertThat(names(head)).isEqualTo(names(get));
    assertThat(head.lines().findFirst()).isEqualTo(get.lines().findFirst());
  }

  /** Without those that a body brings along. */
  private static Map<String, Integer> names(String answer) {
    Map<String, Integer> names = new TreeMap<>(Comparator.naturalOrder());
    answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(':')))
        .filter(name -> !List.of("Content-Length", "Transfer-Encoding", "ETag").contains(name))
        .forEach(name -> names.merge(name, 1, Integer::sum));
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/history",
        "/api/status",
        "/api/models",
        "/api/conversations",
        "/nothing",
        "/swagger-ui.html"
      })
  void nothingIsKeptByCaches(String path) {
    assertThat(site.get(path).header("Cache-Control")).isEqualTo("no-store");
    assertThat(site.call("OPTIONS", path).header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void onlyTheDocumentationIsAndTellsWhenItIsTheSame() {
    for (String path : List.of("/v3/api-docs", "/v3/api-docs.yaml")) {
      Answer first = site.get(path);
      assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

      Answer again = site.get(path, "If-None-Match: " + first.header("ETag"));

      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void thePageThatShowsItIsAskedForWhetherItHasChanged() {
    Answer first = site.get("/swagger-ui/swagger-ui.css");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

    Answer again =
        site.get(
            "/swagger-ui/swagger-ui.css", "If-Modified-Since: " + first.header("Last-Modified"));

    assertThat(again.status()).isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource({
    "/chat, gzip, application/json",
    "/chat, br, application/json",
    "/api/conversations, gzip, application/problem+json",
    "/api/conversations, 'gzip, identity', application/problem+json",
    "/api/tickets, deflate, application/problem+json",
  })
  void compressedBodiesAreRefused(String path, String encoding, String type) {
    Answer answer = site.post(path, "{}", "Content-Encoding: " + encoding);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void aBodyThatIsSaidNotToBeCompressedIsRead() {
    assertThat(site.post("/api/conversations", "{}", "Content-Encoding: identity").status())
        .isEqualTo(201);
  }

  @Test
  void wrongTypesAndCharsetsAreToldWhatIsRight() {
    for (String type :
        List.of(
            "text/plain",
            "application/json;charset=bogus",
            "nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=x")) {
      String answer = post("/api/conversations", "Content-Type: " + type, "{}");
      assertThat(answer).startsWith("HTTP/1.1 415");
      assertThat(header(answer, "Accept")).isEqualTo("application/json");
    }
    String patch =
        raw(
            "PATCH /api/conversations/any HTTP/1.1\nHost: x\nConnection: close\n"
                + "Content-Type: application/merge-patch+json\nContent-Length: 2",
            "{}");
    assertThat(patch).startsWith("HTTP/1.1 415");
    assertThat(header(patch, "Accept-Patch")).isEqualTo("application/json");
  }

  @Test
  void aBodyInAnotherCharsetIsReadInIt() {
    // The letter's two bytes of UTF-8 are two letters in the charset that they are said to be in.
    String json = "{\"title\":\"\u00e4\"}";
    String answer =
        raw(
            "POST /api/conversations HTTP/1.1\nHost: x\nConnection: close\n"
                + "Content-Type: application/json;charset=iso-8859-1\nContent-Length: "
                + (json.length() + 1),
            json);

    assertThat(new String(answer.getBytes(ISO_8859_1), UTF_8))
        .contains("\"title\":\"\u00c3\u00a4\"");
  }

  @Test
  void aBodyThatNobodyAskedForIsNotLookedAt() {
    String head = " HTTP/1.1\nHost: x\nConnection: close\nContent-Length: 7";

    assertThat(raw("GET /api/status" + head, "nonsens")).startsWith("HTTP/1.1 200");
    assertThat(raw("DELETE /history" + head, "nonsens")).startsWith("HTTP/1.1 204");
  }

  @Test
  void theNextRequestOfAConnectionIsNotMistakenForSuchABody() {
    String head = "GET /api/status HTTP/1.1\nHost: x\nContent-Length: 7";
    try (var wire = site.connect()) {
      wire.send(head, "nonsens").readTo("}}");
      assertThat(wire.send(head.replace("status", "models"), "nonsens").readHead())
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whoWaitsToBeToldToSendABodyIsToldSoOnlyIfItIsRead() {
    String head =
        "POST %s HTTP/1.1\nHost: x\nConnection: close\nContent-Type: %s\nExpect: 100-continue\nContent-Length: %d";
    try (var wire = site.connect()) {
      wire.send(head.formatted("/api/conversations", "application/json", 2), "");
      assertThat(wire.readHead()).startsWith("HTTP/1.1 100");
      assertThat(wire.sendBody("{}").readHead()).contains("HTTP/1.1 201");
    }
    assertThat(raw(head.formatted("/api/conversations", "text/plain", 2), ""))
        .startsWith("HTTP/1.1 415");
    assertThat(raw(head.formatted("/api/conversations", "application/json", 99_999_999), ""))
        .startsWith("HTTP/1.1 413");
    assertThat(raw(head.formatted("/chat", "application/json", 2).replace("100-c", "200-c"), ""))
        .startsWith("HTTP/1.1 417")
        .contains("\"code\":417");
  }

  @Test
  void aBodyThatIsTooLargeEndsTheConnection() {
    String head = "POST /api/conversations HTTP/1.1\nHost: x\nContent-Length: 99999999";
    try (var wire = site.connect()) {
      String answer = wire.send(head, "").readHead();

      assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
      assertThat(header(answer, "Connection")).isEqualTo("close");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Content-Length: -5; 400",
        "Content-Length: x; 400",
        "Content-Length: 2, 3; 400",
        "Transfer-Encoding: gzip, chunked; 501",
      })
  void aLengthThatIsNoneIsRefused(String header, int status) {
    assertThat(
            raw(
                "POST /api/conversations HTTP/1.1\nHost: x\nConnection: close\n"
                    + "Content-Type: application/json\n"
                    + header,
                "{}"))
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json");
  }

  @Test
  void aBodyThatEndsTooSoonIsNoBody() {
    try (var wire = site.connect()) {
      wire.send(
          "POST /api/conversations HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 100",
          "{}");
      wire.sendNoMore();
      assertThat(wire.readAll()).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }

  @Test
  void whatComesAfterABodyIsNotPartOfIt() {
    String answer =
        raw(
            "POST /api/conversations HTTP/1.1\nHost: x\nConnection: close\n"
                + "Content-Type: application/json\nContent-Length: 2",
            "{}GET /api/status HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 201").containsOnlyOnce("HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /api/status HTTP/9.9; 505",
        "CONNECT /api/status HTTP/1.1; 501",
        "GET /api%2fstatus HTTP/1.1; 400",
        "GET /api/%5cstatus HTTP/1.1; 400",
        "GET /api/conversations/%00 HTTP/1.1; 400",
        "GET /api/conversations/%zz HTTP/1.1; 400",
        "GET /api/conversations/%ff HTTP/1.1; 400",
        "GET /api/conversations/a%0ab HTTP/1.1; 400",
        "GET /api/conversations?limit=%zz HTTP/1.1; 400",
      })
  void whatTheContainerRefusesIsAProblemBelowTheApi(String line, int status) {
    assertThat(raw(line + "\nHost: x\nConnection: close", ""))
        .startsWith("HTTP/1.1 " + status)
        .contains("Content-Type: application/problem+json")
        .contains("\"status\":" + status)
        .contains("Cache-Control: no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad name: x", "nocolon", "Host: again"})
  void aBrokenHeaderIsAProblemBelowTheApi(String line) {
    assertThat(raw("GET /api/status HTTP/1.1\nHost: x\nConnection: close\n" + line, ""))
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/problem+json");
  }

  @Test
  void aHeaderThatIsTooLongIsAProblemBelowTheApi() {
    assertThat(raw("GET /api/status HTTP/1.1\nHost: x\nX: " + "x".repeat(9000), ""))
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "nonsense", "text/event-stream", ""})
  void acceptDoesNotMatterWhereThereIsOneForm(String accept) {
    String answer =
        raw("GET /api/models HTTP/1.1\nHost: x\nConnection: close\nAccept: " + accept, "");

    assertThat(answer).startsWith("HTTP/1.1 200").contains("Content-Type: application/json");
  }

  private String post(String path, String header, String body) {
    return raw(
        "POST "
            + path
            + " HTTP/1.1\nHost: x\nConnection: close\n"
            + header
            + "\nContent-Length: "
            + body.length(),
        body);
  }

  private static String header(String answer, String name) {
    return answer
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private String raw(String head, String body) {
    try (var wire = site.connect()) {
      return wire.send(head, body).readAll();
    }
  }
}
