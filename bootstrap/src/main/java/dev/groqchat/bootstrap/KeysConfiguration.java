package dev.groqchat.bootstrap;

import dev.groqchat.adapters.socketio.KeyHolders;
import dev.groqchat.adapters.web.settings.ApiKeys;
import dev.groqchat.domain.conversation.Owner;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets surfaces that do not know each other have the same keys. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {
  @Bean
  KeyHolders keyHolders(ApiKeys keys) {
    return key -> {
      Optional<Owner> holder = Optional.ofNullable(key).flatMap(keys::nameOf).map(Owner::new);
      return holder.isEmpty() && !keys.required() ? Optional.of(Owner.SHARED) : holder;
    };
  }
}
