package dev.groqchat.adapters.persistence;

import dev.groqchat.adapters.persistence.memory.MemoryRateLimits;
import dev.groqchat.adapters.persistence.memory.MemoryReplyCache;
import dev.groqchat.adapters.persistence.memory.NoReplyCache;
import dev.groqchat.adapters.persistence.memory.Quotas;
import dev.groqchat.application.port.out.RateLimits;
import dev.groqchat.application.port.out.ReplyCache;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plugs in what one instance keeps of its traffic, for itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "groqchat.store.kind", havingValue = "memory", matchIfMissing = true)
class MemoryTrafficConfiguration {
  @Bean
  RateLimits rateLimits(Quotas quotas, ObjectProvider<InstantSource> clock) {
    return new MemoryRateLimits(
        quotas, 1, MemoryRateLimits.MOST_CLIENTS, clock.getIfAvailable(InstantSource::system));
  }

  @Bean
  ReplyCache replyCache(CacheProperties cache, ObjectProvider<InstantSource> clock) {
    return cache.ttl().isZero()
        ? new NoReplyCache()
        : new MemoryReplyCache(
            cache.ttl(),
            cache.entries(),
            cache.memory().toBytes(),
            clock.getIfAvailable(InstantSource::system));
  }
}
