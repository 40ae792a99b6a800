package dev.groqchat.adapters.web.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no controller ever sees. */
@OverHttp
class ContainerErrorsTest {
  private final Site site;

  ContainerErrorsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /chat|x HTTP/1.1; 400",
        "GET /chat%2Fx HTTP/1.1; 400",
        "GET /chat%zz HTTP/1.1; 400",
        "GET /../x HTTP/1.1; 400",
        "TRACE /chat HTTP/1.1; 405",
        "nonsense; 400",
      })
  void areAnsweredInJson(String line, int status) {
    String answer = answer(line + "\nHost: x\nConnection: close");

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("Content-Type: application/json")
        .contains("\"code\":" + status)
        .contains("\"error_type\":")
        .doesNotContain("<html")
        .doesNotContain("Tomcat");
    assertThat(answer).containsPattern("X-Request-ID: [0-9a-f-]{36}\r\n");
    assertThat(answer).doesNotContain("\"request_id\":\"unknown\"");
  }

  @Test
  void areProblemsBelowTheApi() {
    assertThat(answer("GET /api/models%2Fx HTTP/1.1\nHost: x\nConnection: close"))
        .contains("Content-Type: application/problem+json")
        .contains("\"status\":400");
  }

  @Test
  void aRequestWithoutAHostIsAnsweredInJson() {
    assertThat(answer("GET /chat HTTP/1.1\nConnection: close"))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":400");
  }

  @Test
  void headersThatAreTooLongAreAnsweredInJson() {
    assertThat(answer("GET /chat HTTP/1.1\nHost: x\nX-Long: " + "x".repeat(9000)))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":400");
  }

  @Test
  void aTransferThatNobodyKnowsIsAnsweredInJson() {
    assertThat(
            answer(
                "POST /chat HTTP/1.1\nHost: x\nConnection: close\nContent-Type: application/json\n"
                    + "Transfer-Encoding: foo"))
        .startsWith("HTTP/1.1 501")
        .contains("\"code\":501");
  }

  @Test
  void theErrorPageItselfIsNoPage() {
    assertThat(site.get("/error").status()).isEqualTo(404);
  }

  private String answer(String head) {
    try (var wire = site.connect()) {
      return wire.send(head, "").readAll();
    }
  }
}
