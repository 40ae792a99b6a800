package dev.groqchat.adapters.groq;

import static dev.groqchat.application.fixtures.ChatModelContract.question;
import static dev.groqchat.application.fixtures.ChatModelContract.wholeText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.simulator.Script;
import dev.groqchat.simulator.Simulator;
import dev.groqchat.simulator.SimulatorConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class GroqConfigurationTest {
  @Test
  void putsTheGatewayTogetherAndTakesItApart() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.fast())) {
      GroqHttp http;
      try (var context = context(simulator.baseUrl().toString())) {
        simulator.script(Script.saying("yes"));
        assertThat(wholeText(context.getBean(ChatModel.class))).isEqualTo("yes");
        assertThat(context.getBean(TokenCounter.class)).isInstanceOf(JtokkitTokenCounter.class);
        assertThat(context.getBean(ModelCatalog.class).models().getFirst().id().value())
            .isEqualTo("openai/gpt-oss-120b");
        assertThat(simulator.awaitRequests(2, Duration.ofSeconds(20)))
            .anyMatch(request -> request.path().endsWith("/models"));
        http = context.getBean(GroqHttp.class);
      }
      assertThat(http.threads().isShutdown()).isTrue();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().matches("groq-watchdog|idle-connection-evictor.*"))
          .allSatisfy(thread -> assertThat(thread.join(Duration.ofSeconds(20))).isTrue());
    }
  }

  @Test
  void startsWithoutTheProvider() {
    try (var context = context("http://127.0.0.1:9")) {
      assertThat(context.getBean(ModelCatalog.class).models()).hasSize(3);
    }
  }

  @Test
  void breakersAreSeenInMetricsAndHealthWhichStaysUp() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.fast());
        var context = context(simulator.baseUrl().toString())) {
      var meters = new SimpleMeterRegistry();
      context.getBeansOfType(MeterBinder.class).values().forEach(it -> it.bindTo(meters));
      simulator.script(Script.saying("yes"));
      assertThat(wholeText(context.getBean(ChatModel.class))).isEqualTo("yes");
      CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
      breakers.circuitBreaker(question().model().value()).transitionToOpenState();

      Gauge open =
          meters
              .get("resilience4j.circuitbreaker.state")
              .tags("name", question().model().value(), "provider", "groq", "state", "open")
              .gauge();
      assertThat(open.value()).isOne();
      assertThat(meters.get("resilience4j.retry.calls").tag("name", "groq").functionCounters())
          .isNotEmpty();
      HealthIndicator health =
          context.getBean("circuitBreakersHealthIndicator", HealthIndicator.class);
      assertThat(health.health())
          .isEqualTo(Health.up().withDetail(question().model().value(), "OPEN").build());
    }
  }

  @Test
  void doesNotStartWithoutAKey() {
    assertThatThrownBy(() -> context("http://127.0.0.1:9", "").close())
        .rootCause()
        .hasMessage("groqchat.groq.api-key is missing");
  }

  private static AnnotationConfigApplicationContext context(String url) {
    return context(url, Gateway.KEY);
  }

  private static AnnotationConfigApplicationContext context(String url, String key) {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test", Map.of("groqchat.groq.base-url", url, "groqchat.groq.api-key", key)));
    context.register(GroqConfiguration.class);
    context.refresh();
    return context;
  }
}
