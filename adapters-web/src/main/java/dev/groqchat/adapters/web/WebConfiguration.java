package dev.groqchat.adapters.web;

import dev.groqchat.adapters.web.security.CallerArgument;
import dev.groqchat.adapters.web.settings.ApiKeys;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.settings.WebProperties;
import dev.groqchat.application.port.in.Caller;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** All surfaces over HTTP. Needs the use cases' in-ports and a {@link ServiceInfo} as beans. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties({RelayProperties.class, WebProperties.class})
public class WebConfiguration {
  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  ApiKeys apiKeys(WebProperties properties) {
    return ApiKeys.parse(properties.apiKey(), properties.apiKeys());
  }

  @Bean
  WebMvcConfigurer controllers(CallerArgument callers) {
    return new WebMvcConfigurer() {
      @Override
      public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(new JsonFirst()));
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(callers);
      }
    };
  }
}
