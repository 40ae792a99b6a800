package dev.groqchat.bootstrap;

import dev.groqchat.adapters.socketio.ClientNames;
import dev.groqchat.adapters.web.security.Clients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets surfaces that do not know each other call a client the same: its limit is one for all. */
@Configuration(proxyBeanMethods = false)
class ClientsConfiguration {
  @Bean
  ClientNames clientNames(Clients clients) {
    return clients::of;
  }
}
