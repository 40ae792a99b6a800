package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.groq.GroqProperties;
import dev.groqchat.adapters.groq.Provider;
import dev.groqchat.adapters.persistence.CacheProperties;
import dev.groqchat.adapters.persistence.LimitProperties;
import dev.groqchat.adapters.persistence.PersistenceProperties;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.settings.WebProperties;
import dev.groqchat.domain.model.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

/** Every default, every way to set it, and what is said about a bad one. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationTest {
  /** The configuration alone, without what it configures. */
  @Configuration
  @EnableConfigurationProperties({
    CacheProperties.class,
    ChatProperties.class,
    GroqProperties.class,
    LimitProperties.class,
    LogProperties.class,
    PersistenceProperties.class,
    RelayProperties.class,
    WebProperties.class
  })
  static class Settings {}

  private static ConfigurableApplicationContext with(String... settings) {
    SpringApplication application = new SpringApplication(Settings.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    return application.run(Stream.of(settings).map("--"::concat).toArray(String[]::new));
  }

  @Test
  void everyDefaultIsAsDocumented() {
    try (var context = with("GROQ_API_KEY=k")) {
      assertThat(context.getBean(ChatProperties.class))
          .isEqualTo(
              new ChatProperties(
                  "openai/gpt-oss-120b",
                  1024,
                  20,
                  "",
                  32_000,
                  4_000,
                  5_000,
                  1_000,
                  Duration.ofSeconds(60),
                  "",
                  List.of(),
                  0,
                  Duration.ofSeconds(30)));
      assertThat(context.getBean(GroqProperties.class))
          .isEqualTo(
              new GroqProperties(
                  Provider.GROQ,
                  "https://api.groq.com/openai/v1",
                  "k",
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(15),
                  Duration.ofMinutes(5),
                  new ModelId("openai/gpt-oss-120b"),
                  "groq-chat-service/0.1",
                  "http://localhost:8000",
                  "Groq Chat Service"));
      PersistenceProperties store = context.getBean(PersistenceProperties.class);
      assertThat(store.sessionTtl()).isEqualTo(Duration.ofHours(24));
      assertThat(store.journalRetention()).isEqualTo(Duration.ofMinutes(10));
      assertThat(context.getBean(LimitProperties.class))
          .isEqualTo(new LimitProperties(10L, 100L, null, null, 1, Map.of()));
      assertThat(context.getBean(CacheProperties.class))
          .isEqualTo(
              new CacheProperties(
                  Duration.ofMinutes(5),
                  1_000,
                  DataSize.ofMegabytes(64),
                  DataSize.ofKilobytes(256)));
      assertThat(context.getBean(WebProperties.class))
          .isEqualTo(
              new WebProperties(
                  "",
                  "",
                  DataSize.ofMegabytes(1),
                  List.of(),
                  List.of(),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(60),
                  Duration.ofMinutes(2)));
      assertThat(context.getBean(RelayProperties.class))
          .isEqualTo(new RelayProperties(DataSize.ofMegabytes(20), null, Duration.ofSeconds(10)));
      assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("8000");
      assertThat(context.getEnvironment().getProperty("server.tomcat.max-connections"))
          .isEqualTo("20000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MODEL=openai/gpt-oss-20b, groqchat.chat.model, openai/gpt-oss-20b",
    "MODEL=openai/gpt-oss-20b, groqchat.groq.default-model, openai/gpt-oss-20b",
    "MAX_TOKENS=7, groqchat.chat.max-tokens, 7",
    "MAX_EXCHANGES=3, groqchat.chat.max-exchanges, 3",
    "SYSTEM_PROMPT=Be kind, groqchat.chat.system-prompt, Be kind",
    "MAX_MESSAGE_LENGTH=9, groqchat.chat.max-message-length, 9",
    "MAX_PROMPT_LENGTH=8, groqchat.chat.max-prompt-length, 8",
    "MAX_CONCURRENT_TURNS=6, groqchat.chat.max-concurrent-turns, 6",
    "QUEUE_CAPACITY=5, groqchat.chat.queue-capacity, 5",
    "DRAIN_TIMEOUT=7s, groqchat.chat.drain-timeout, 7s",
    "GROQ_BASE_URL=http://localhost:1/x, groqchat.groq.base-url, http://localhost:1/x",
    "OPENROUTER_APP_URL=https://a.example, groqchat.groq.app-url, https://a.example",
    "OPENROUTER_APP_TITLE=Ours, groqchat.groq.app-title, Ours",
    "CONNECT_TIMEOUT=3s, groqchat.groq.connect-timeout, 3s",
    "FIRST_TOKEN_TIMEOUT=4s, groqchat.groq.first-token-timeout, 4s",
    "READ_TIMEOUT_SECS=5, groqchat.groq.silence-timeout, 5s",
    "TURN_TIMEOUT=6m, groqchat.groq.reply-timeout, 6m",
    "SESSION_TTL=2h, groqchat.store.session-ttl, 2h",
    "JOURNAL_RETENTION=20m, groqchat.store.journal-retention, 20m",
    "RATE_LIMIT_RPS=3, groqchat.limits.rps, 3",
    "RATE_LIMIT_BURST=4, groqchat.limits.burst, 4",
    "RATE_LIMIT=2, groqchat.limits.rps, 2",
    "RATE_LIMIT=2, groqchat.limits.burst, 2",
    "RATE_LIMIT_PER_HOUR=500, groqchat.limits.per-hour, 500",
    "RATE_LIMIT_TOKENS_PER_MINUTE=8000, groqchat.limits.tokens-per-minute, 8000",
    "RATE_LIMIT_SHARE=0.5, groqchat.limits.share, 0.5",
    "CACHE_TTL=1m, groqchat.cache.ttl, 1m",
    "CACHE_ENTRIES=9, groqchat.cache.entries, 9",
    "CACHE_MEMORY=8MB, groqchat.cache.memory, 8MB",
    "CACHE_MAX_REPLY=1MB, groqchat.cache.max-reply, 1MB",
    "API_KEY=a, groqchat.web.api-key, a",
    "API_KEYS=a:b, groqchat.web.api-keys, a:b",
    "MAX_RELAY_BODY=30MB, groqchat.web.relay.max-body, 30MB",
    "MAX_RELAY_BODIES=90MB, groqchat.web.relay.max-bodies, 90MB",
    "RELAY_STATUS_PATIENCE=3s, groqchat.web.relay.status-patience, 3s",
    "MAX_BODY=2MB, groqchat.web.max-body, 2MB",
    "CORS_ALLOWED_ORIGINS=https://a.example, groqchat.web.allowed-origins, https://a.example",
    "TRUSTED_PROXIES=10.0.0.1, groqchat.web.trusted-proxies, 10.0.0.1",
    "WRITE_TIMEOUT_SECS=9, groqchat.web.write-timeout, 9s",
    "IDLE_TIMEOUT_SECS=8, groqchat.web.idle-timeout, 8s",
    "REQUEST_TIMEOUT=9s, groqchat.web.request-timeout, 9s",
    "MAX_FRAME=2MB, groqchat.web.socket.max-frame, 2MB",
    "WS_PING_INTERVAL=9s, groqchat.web.socket.ping-interval, 9s",
    "WS_MAX_TURNS=9, groqchat.web.socket.max-turns, 9",
    "WS_MAX_WAITING=9, groqchat.web.socket.max-waiting, 9",
    "PORT=:8080, server.port, 8080",
    "PORT=8081, server.port, 8081",
    "WRITE_TIMEOUT_SECS=9, server.tomcat.connection-timeout, 9s",
    "IDLE_TIMEOUT_SECS=8, server.tomcat.keep-alive-timeout, 8s",
    "MAX_CONNECTIONS=9, server.tomcat.max-connections, 9",
  })
  void aVariableSetsAProperty(String setting, String property, String value) {
    try (var context = with("GROQ_API_KEY=k", setting)) {
      assertThat(context.getEnvironment().getProperty(property)).isEqualTo(value);
    }
  }

  @Test
  void anEmptyVariableIsNoLimit() {
    try (var context = with("GROQ_API_KEY=k", "RATE_LIMIT_RPS=", "RATE_LIMIT_BURST=")) {
      assertThat(context.getBean(LimitProperties.class))
          .isEqualTo(new LimitProperties(null, null, null, null, 1, Map.of()));
    }
  }

  @Test
  void aClientMayHaveItsOwnLimits() {
    try (var context = with("GROQ_API_KEY=k", "groqchat.limits.clients.alice.rps=50")) {
      assertThat(context.getBean(LimitProperties.class).clients())
          .containsExactly(Map.entry("alice", new LimitProperties.Client(50L, null, null, null)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_TOKENS=lots, MAX_TOKENS cannot be read",
    "MAX_TOKENS=0, MAX_TOKENS must be greater than or equal to 1",
    "MAX_EXCHANGES=-1, MAX_EXCHANGES must be greater than or equal to 0",
    "MODEL=a b, MODEL",
    "GROQ_API_KEY=, GROQ_API_KEY is missing",
    "LLM_PROVIDER=deepthought, LLM_PROVIDER cannot be read",
    "LOG_FORMAT=xml, LOG_FORMAT cannot be read",
    "OPENROUTER_APP_URL=x, OPENROUTER_APP_URL must be an http(s) URL",
    "GROQ_BASE_URL=ftp://x, GROQ_BASE_URL must be a host",
    "CONNECT_TIMEOUT=soon, CONNECT_TIMEOUT cannot be read",
    "FIRST_TOKEN_TIMEOUT=0s, FIRST_TOKEN_TIMEOUT must be longer than nothing",
    "READ_TIMEOUT_SECS=x, READ_TIMEOUT_SECS cannot be read",
    "SESSION_TTL=-1s, SESSION_TTL",
    "MAX_BODY=big, MAX_BODY cannot be read",
    "TRUSTED_PROXIES=proxy.example, TRUSTED_PROXIES entry 1 is neither an address nor a block",
    "API_KEYS=alice, API_KEYS entry 1 is not name:secret",
    "'API_KEYS=alice:same-secret,bob:same-secret', API_KEYS gives 'alice' and 'bob' the same secret",
    "API_KEY=sha256:x, API_KEY has a hash for 'default' that is not 64 hex digits",
    "RATE_LIMIT_RPS=many, RATE_LIMIT_RPS cannot be read",
    "RATE_LIMIT_BURST=-1, RATE_LIMIT_BURST must be from 0",
    "RATE_LIMIT_SHARE=2, RATE_LIMIT_SHARE must be over 0 and at most 1",
    "CACHE_TTL=-1s, CACHE_TTL must not be negative",
    "CACHE_ENTRIES=0, CACHE_ENTRIES must be greater than 0",
  })
  void aBadValueStopsTheStartAndNamesTheVariable(
      String setting, String said, CapturedOutput output) {
    String key =
        setting.startsWith("GROQ_API_KEY") ? "JOURNAL_RETENTION=10m" : "GROQ_API_KEY=the-key";

    assertThatThrownBy(() -> with(key, setting).close());
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains(said)
        .doesNotContain("the-key")
        .doesNotContain("same-secret");
  }

  @Test
  void openRouterHasDefaultsOfItsOwn() {
    try (var context = with("LLM_PROVIDER=openrouter", "OPENROUTER_API_KEY=k")) {
      GroqProperties groq = context.getBean(GroqProperties.class);
      assertThat(groq.provider()).isEqualTo(Provider.OPENROUTER);
      assertThat(groq.baseUrl()).isEqualTo("https://openrouter.ai/api/v1");
      assertThat(groq.apiKey()).isEqualTo("k");
      assertThat(groq.defaultModel()).isEqualTo(new ModelId("anthropic/claude-3.5-sonnet"));
      assertThat(context.getBean(ChatProperties.class).model())
          .isEqualTo("anthropic/claude-3.5-sonnet");
    }
  }

  @Test
  void anEmptyProviderIsNone() {
    try (var context = with("LLM_PROVIDER=", "GROQ_API_KEY=k")) {
      GroqProperties groq = context.getBean(GroqProperties.class);
      assertThat(groq.provider()).isEqualTo(Provider.GROQ);
      assertThat(groq.baseUrl()).isEqualTo("https://api.groq.com/openai/v1");
    }
  }

  @Test
  void openRoutersDefaultsCanBeSet() {
    try (var context =
        with(
            "LLM_PROVIDER= OpenRouter ",
            "OPENROUTER_API_KEY=k",
            "OPENROUTER_BASE_URL=http://localhost:1",
            "GROQ_API_KEY=other",
            "GROQ_BASE_URL=http://localhost:2",
            "MODEL=x/y:free")) {
      GroqProperties groq = context.getBean(GroqProperties.class);
      assertThat(groq.provider()).isEqualTo(Provider.OPENROUTER);
      assertThat(groq.baseUrl()).isEqualTo("http://localhost:1/api/v1");
      assertThat(groq.apiKey()).isEqualTo("k");
      assertThat(groq.defaultModel()).isEqualTo(new ModelId("x/y:free"));
      assertThat(context.getBean(ChatProperties.class).model()).isEqualTo("x/y:free");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPENROUTER_API_KEY=, OPENROUTER_API_KEY is missing",
    "OPENROUTER_API_KEY=a b, OPENROUTER_API_KEY must be visible",
    "OPENROUTER_BASE_URL=ftp://x, OPENROUTER_BASE_URL must be a host",
  })
  void aBadSettingOfOpenRoutersIsNamed(String setting, String said, CapturedOutput output) {
    String key = setting.startsWith("OPENROUTER_API_KEY") ? "MAX_TOKENS=9" : "OPENROUTER_API_KEY=k";
    assertThatThrownBy(
        () -> with("LLM_PROVIDER=openrouter", "GROQ_API_KEY=g", key, setting).close());
    assertThat(output).contains("APPLICATION FAILED TO START").contains(said);
  }

  @Test
  void aDotEnvFileIsReadAsOthersReadIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(".env");
    Files.writeString(
        file,
        """
        # a comment
        PLAIN=some value
        export EXPORTED=yes
        DOUBLE="with # and = inside"
        SINGLE='  kept  '
          INDENTED = trimmed   # said behind it
        EMPTY=
        """);

    var source = new DotEnvLoader().load("env", new FileSystemResource(file)).getFirst();

    assertThat(source.getSource())
        .isEqualTo(
            Map.of(
                "PLAIN", "some value",
                "EXPORTED", "yes",
                "DOUBLE", "with # and = inside",
                "SINGLE", "  kept  ",
                "INDENTED", "trimmed",
                "EMPTY", ""));
  }

  @Test
  void aBadLineOfADotEnvFileIsNotShown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(".env");
    Files.writeString(file, "my secret key");

    assertThatThrownBy(() -> new DotEnvLoader().load("env", new FileSystemResource(file)))
        .hasMessageContaining(".env")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aDotEnvFileIsTakenWhereTheServiceIsStarted(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".env"), "GROQ_API_KEY=k\nMAX_TOKENS=77\n");

    try (var context = with("spring.config.import=optional:file:" + folder + "/.env")) {
      assertThat(context.getBean(ChatProperties.class).maxTokens()).isEqualTo(77);
    }
  }

  @Test
  void withoutAKeyADemoStartsOnlyWhereThatIsAllowed() {
    try (var context = with("groqchat.demo-without-key=true", "GROQ_API_KEY=k")) {
      assertThat(context.getEnvironment().getActiveProfiles()).isEmpty();
    }
    try (var context =
        with("groqchat.demo-without-key=true", "LLM_PROVIDER=openrouter", "OPENROUTER_API_KEY=k")) {
      assertThat(context.getEnvironment().getActiveProfiles()).isEmpty();
    }
    assertThatThrownBy(() -> with("groqchat.demo-without-key=true").close())
        .as("these settings alone have no simulator")
        .hasRootCauseMessage("groqchat.groq.api-key is missing");
  }
}
