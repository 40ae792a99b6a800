package dev.groqchat.bootstrap.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesPropertiesTest {
  @ParameterizedTest
  @CsvSource({
    "http://collector:4318, http://collector:4318/v1/traces",
    "http://collector:4318/, http://collector:4318/v1/traces",
    "' https://there.example/otlp ', https://there.example/otlp/v1/traces",
  })
  void spansArePostedBelowTheEndpoint(String endpoint, String url) {
    assertThat(properties(endpoint, "", 1).url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector:4318",
        "grpc://collector:4317",
        "http://user:canary@collector",
        "http://collector?key=canary",
        "http://collector#canary",
        "http://can ary"
      })
  void anythingButAPlainUrlIsRefusedWithoutBeingShown(String endpoint) {
    assertThatThrownBy(() -> properties(endpoint, "", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("groqchat.traces.endpoint must be")
        .hasMessageNotContainingAny("canary", "collector");
  }

  @Test
  void headersHaveValuesAsInUrlsWhoseKeysAreNotMangled() {
    TracesProperties properties =
        properties("", "authorization=Bearer%20canary+/==, x-tenant=birds", 1);

    assertThat(properties.headersByName())
        .isEqualTo(Map.of("authorization", "Bearer canary+/==", "x-tenant", "birds"));
    assertThat(properties).asString().doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "a=canary,", "a b=canary", "a=canary b", "a=canary%zz"})
  void brokenHeadersAreRefusedWithoutBeingShown(String headers) {
    assertThatThrownBy(() -> properties("", headers, 1))
        .hasMessageStartingWith("groqchat.traces.headers must")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void onlyPartsAreSampled(double part) {
    assertThatThrownBy(() -> properties("", "", part))
        .hasMessageStartingWith("groqchat.traces.sampled must be");
  }

  @Test
  void aServiceHasAName() {
    assertThatThrownBy(() -> new TracesProperties("", "", " ", 1))
        .hasMessageStartingWith("groqchat.traces.service-name must");
  }

  private static TracesProperties properties(String endpoint, String headers, double sampled) {
    return new TracesProperties(endpoint, headers, "groqchat", sampled);
  }
}
