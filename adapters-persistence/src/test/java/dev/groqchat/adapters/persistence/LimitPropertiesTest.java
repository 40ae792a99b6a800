package dev.groqchat.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.persistence.memory.Quota;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.domain.traffic.Allowance;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class LimitPropertiesTest {
  @Test
  void withoutAnySettingNothingIsLimited() {
    try (var context = started(Map.of())) {
      assertThat(context.getBean(LimitProperties.class).quotas().of("a").unlimited()).isTrue();
      assertThat(context.getBean(RateLimits.class).take("a", 1)).isEqualTo(Allowance.UNLIMITED);
      assertThat(context.getBean(CacheProperties.class))
          .isEqualTo(
              new CacheProperties(
                  Duration.ofMinutes(5),
                  1_000,
                  DataSize.ofMegabytes(64),
                  DataSize.ofKilobytes(256)));
    }
  }

  @Test
  void everyLimitCanBeSetAndEachClientHasItsOwn() {
    Map<String, Object> properties =
        Map.of(
            "groqchat.limits.rps", "10",
            "groqchat.limits.burst", "100",
            "groqchat.limits.per-hour", "1000",
            "groqchat.limits.tokens-per-minute", "8000",
            "groqchat.limits.share", "0.5",
            "groqchat.limits.clients.alice.rps", "20",
            "groqchat.limits.clients.alice.tokens-per-minute", "0");
    try (var context = started(properties)) {
      var quotas = context.getBean(LimitProperties.class).quotas();
      assertThat(quotas.everybody()).isEqualTo(new Quota(10, 100, 1000, 8000));
      assertThat(quotas.of("alice")).isEqualTo(new Quota(20, 100, 1000, 0));
      assertThat(quotas.share()).isEqualTo(0.5);
      assertThat(context.getBean(RateLimits.class).take("bob", 1).limit()).isEqualTo(100);
    }
  }

  @Test
  void anEmptySettingIsNoLimit() {
    Map<String, Object> properties =
        Map.of(
            "groqchat.limits.rps", "",
            "groqchat.limits.burst", "",
            "groqchat.limits.per-hour", "",
            "groqchat.limits.tokens-per-minute", "");
    try (var context = started(properties)) {
      assertThat(context.getBean(LimitProperties.class).quotas().everybody().unlimited()).isTrue();
    }
  }

  @Test
  void theCacheCanBeTurnedOff() {
    try (var context = started(Map.of("groqchat.cache.ttl", "0"))) {
      assertThat(context.getBean(ReplyCache.class).getClass().getSimpleName())
          .isEqualTo("NoReplyCache");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "groqchat.limits.rps, -1",
    "groqchat.limits.rps, many",
    "groqchat.limits.burst, -1",
    "groqchat.limits.per-hour, 1000000001",
    "groqchat.limits.tokens-per-minute, -1",
    "groqchat.limits.share, 0",
    "groqchat.limits.share, 1.01",
    "groqchat.limits.share, NaN",
    "groqchat.limits.clients.alice.rps, -1",
    "groqchat.limits.clients.alice.burst, -1",
    "groqchat.limits.clients.alice.per-hour, -1",
    "groqchat.limits.clients.alice.tokens-per-minute, -1",
    "groqchat.cache.ttl, -1s",
    "groqchat.cache.entries, 0",
    "groqchat.cache.memory, 0B",
    "groqchat.cache.max-reply, 0B",
    "groqchat.cache.max-reply, 17MB"
  })
  void aBadValueStopsTheStartAndIsNamed(String property, String value) {
    assertThatThrownBy(() -> started(Map.of(property, value)))
        .isInstanceOf(BeanCreationException.class)
        .hasStackTraceContaining(property.replace("clients.alice", "clients"));
  }

  private static AnnotationConfigApplicationContext started(Map<String, Object> properties) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(PersistenceConfiguration.class);
    context.refresh();
    return context;
  }
}
