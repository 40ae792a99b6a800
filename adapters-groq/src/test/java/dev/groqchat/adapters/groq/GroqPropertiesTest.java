package dev.groqchat.adapters.groq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.domain.model.ModelId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GroqPropertiesTest {
  @Test
  void everythingButTheKeyHasADefault() {
    assertThat(bound())
        .isEqualTo(
            new GroqProperties(
                Provider.GROQ,
                "https://api.groq.com/openai/v1",
                "gsk_secret",
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                new ModelId("openai/gpt-oss-120b"),
                "groq-chat-service/0.1",
                "http://localhost:8000",
                "Groq Chat Service"));
  }

  @Test
  void everythingCanBeSet() {
    assertThat(
            bound(
                "base-url", "http://localhost:1234/v1/",
                "connect-timeout", "1s",
                "first-token-timeout", "2s",
                "silence-timeout", "3s",
                "reply-timeout", "4m",
                "default-model", "x/y",
                "user-agent", "me",
                "provider", "openrouter",
                "app-url", "https://chat.example/",
                "app-title", "Ours"))
        .isEqualTo(
            new GroqProperties(
                Provider.OPENROUTER,
                "http://localhost:1234/v1",
                "gsk_secret",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofMinutes(4),
                new ModelId("x/y"),
                "me",
                "https://chat.example/",
                "Ours"));
  }

  @ParameterizedTest
  @CsvSource({
    "groq, https://api.groq.com, true",
    "groq, https://eu.API.groq.com/v9, true",
    "groq, http://localhost:1234, true",
    "groq, https://proxy.example/openai/v1, true",
    "groq, https://api.openai.com/v1, false",
    "groq, http://localhost:8000/v1, false",
    "groq, https://notgroq.com/v1, false",
    "groq, https://ours.openai.azure.com/openai/v1/, false",
    "openrouter, https://openrouter.ai, false",
    "openrouter, http://localhost:1/openai/v1, false"
  })
  void onlyGroqIsAsStrictAsGroq(String provider, String baseUrl, boolean strict) {
    assertThat(bound("provider", provider, "base-url", baseUrl).isStrict()).isEqualTo(strict);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.groq.com, https://api.groq.com/openai/v1",
    "https://api.groq.com/, https://api.groq.com/openai/v1",
    "https://api.groq.com//, https://api.groq.com/openai/v1",
    "api.groq.com, https://api.groq.com/openai/v1",
    "localhost:8080, https://localhost:8080/openai/v1",
    "' http://localhost:8080 ', http://localhost:8080/openai/v1",
    "HTTP://[::1]:8080, HTTP://[::1]:8080/openai/v1",
    "https://openrouter.ai/api/v1, https://openrouter.ai/api/v1",
    "https://api.groq.com/openai/v1/, https://api.groq.com/openai/v1",
    "example.com/a, https://example.com/a"
  })
  void aBareHostGetsGroqsPath(String url, String expected) {
    GroqProperties properties = bound("base-url", url);
    assertThat(properties.baseUrl()).isEqualTo(expected);
    assertThat(properties.endpoint("models")).isEqualTo(URI.create(expected + "/models"));
  }

  @Test
  void aBareHostGetsOpenRoutersPathIfItIsOpenRouters() {
    assertThat(bound("base-url", "openrouter.ai", "provider", "OpenRouter").baseUrl())
        .isEqualTo("https://openrouter.ai/api/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://x",
        "https://",
        "",
        "https://u:secret@x",
        "https://x?key=secret",
        "https://x#f",
        "https://a b",
        "https:///path"
      })
  void aWrongUrlIsNotRepeated(String url) {
    assertWrong("base-url", url, "groqchat.groq.base-url must be a host or an http(s) URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "secret key", "secret\u0000", "sécret"})
  void aWrongKeyIsNotRepeated(String key) {
    assertWrong("api-key", key, "groqchat.groq.api-key ");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThatThrownBy(() -> bind(Map.of("groqchat.groq.base-url", "x")))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessage("groqchat.groq.api-key is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"connect-timeout", "first-token-timeout", "silence-timeout", "reply-timeout"})
  void noWaitIsForNothing(String name) {
    assertWrong(name, "0s", "groqchat.groq." + name + " must be longer than nothing");
    assertWrong(name, "-1s", "groqchat.groq." + name + " must be longer than nothing");
  }

  @Test
  void theUserAgentIsFitForAHeader() {
    assertWrong("user-agent", "a\nb", "groqchat.groq.user-agent must be");
    assertWrong("user-agent", " ", "groqchat.groq.user-agent must be");
  }

  @Test
  void whatOpenRouterIsToldIsFitForItsHeaders() {
    assertWrong("app-title", "a\nb", "groqchat.groq.app-title must be");
    assertWrong("app-url", "chat.example", "groqchat.groq.app-url must be");
    assertWrong("app-url", "https://a b", "groqchat.groq.app-url must be");
  }

  @ParameterizedTest
  @CsvSource({"PT30S, PT5M, PT30S", "PT30S, PT20S, PT20S"})
  void theBeginningOfAReplyHasTheShorterLimit(
      Duration firstToken, Duration reply, Duration expected) {
    GroqProperties properties =
        bound("first-token-timeout", firstToken.toString(), "reply-timeout", reply.toString());
    assertThat(properties.beginningTimeout()).isEqualTo(expected);
  }

  @Test
  void aKeysBlanksAreNotPartOfIt() {
    assertThat(bound("api-key", " gsk_1\n").apiKey()).isEqualTo("gsk_1");
  }

  @Test
  void theKeyIsNotShown() {
    assertThat(bound().toString()).contains("api.groq.com", "PT30S").doesNotContain("gsk_secret");
  }

  private static void assertWrong(String name, String value, String message) {
    assertThatThrownBy(() -> bound(name, value))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("secret");
  }

  private static GroqProperties bound(String... namesAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("groqchat.groq.api-key", "gsk_secret"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put("groqchat.groq." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return bind(values);
  }

  private static GroqProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bind("groqchat.groq", GroqProperties.class)
        .get();
  }
}
