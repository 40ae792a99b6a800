package dev.groqchat.adapters.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.ScriptedRelays;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.WithKeys;
import dev.groqchat.domain.conversation.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAI-compatible API of a service with keys. */
@WithKeys
class RelayKeysTest {
  private final Site site;
  private final ScriptedRelays relays;

  RelayKeysTest(Site site, ScriptedRelays relays) {
    this.site = site;
    this.relays = relays;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Authorization: Bearer " + WithKeys.ALICES, "X-API-Key: " + WithKeys.ALICES})
  void whoHasAKeyAsksInItsName(String header) {
    String message = site.name("message");
    relays.answers(message).says("{}");

    assertThat(Completions.whole(site, message, header).status()).isEqualTo(200);
    assertThat(relays.asked(message).caller().owner()).isEqualTo(new Owner("alice"));
    assertThat(relays.asked(message).caller().client()).isEqualTo("alice");
    assertThat(site.get("/v1/models", header).status()).isEqualTo(200);
  }

  @Test
  void whoHasNoneIsToldSoInOpenAisForm() {
    String message = site.name("message");

    for (Answer answer :
        new Answer[] {
          Completions.whole(site, message),
          Completions.stream(site, message, "Authorization: Bearer wrong"),
          site.post(Completions.PATH, "nonsense"),
          site.get("/v1/models"),
          site.get("/openai/v1/models/x%2Fy"),
        }) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("invalid_api_key");
      assertThat(answer.json().at("/error/type").stringValue()).isEqualTo("invalid_request_error");
    }
    assertThat(relays.wasAsked(message)).isFalse();
  }
}
