package dev.groqchat.adapters.web.security;

import dev.groqchat.adapters.web.problem.ProblemWriter;
import dev.groqchat.adapters.web.problem.Unreadable;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.filter.CorsFilter;

/**
 * Spring Security for headers, CORS and addresses that are tricks. Who may ask what is not its
 * matter: a key is looked at where a caller is made of it, and whose a conversation is, at the
 * ports. There is no session to log in to and nothing to forge a request for: see decision 17.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
  @Bean
  SecurityFilterChain answers(HttpSecurity http, Origins origins, ProblemWriter problems) {
    return http.headers(headers ->
            headers
                .defaultsDisabled()
                .addHeaderWriter(new AnswerHeaders())
                .withObjectPostProcessor(eagerly()))
        .addFilterAfter(cors(origins, problems), HeaderWriterFilter.class)
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .exceptionHandling(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .build();
  }

  /** Before anything is written: the other way looks at every write of every stream. */
  private static ObjectPostProcessor<HeaderWriterFilter> eagerly() {
    return new ObjectPostProcessor<>() {
      @Override
      public <T extends HeaderWriterFilter> T postProcess(T filter) {
        filter.setShouldWriteHeadersEagerly(true);
        return filter;
      }
    };
  }

  private static CorsFilter cors(Origins origins, ProblemWriter problems) {
    CrossOrigin rules = new CrossOrigin(origins, problems);
    CorsFilter filter = new CorsFilter(rules);
    filter.setCorsProcessor(rules);
    return filter;
  }

  /** Requests are observed as wholes: a measurement of each filter costs more than the filters. */
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /** After what names a request and logs it, before what reads it. */
  @Bean
  FilterRegistrationBean<Filter> security(
      @Qualifier(BeanIds.SPRING_SECURITY_FILTER_CHAIN) Filter chain) {
    var registration = new FilterRegistrationBean<>(chain);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
    return registration;
  }

  /** Ids of models hold slashes, and arrive encoded; which methods there are, the routes say. */
  @Bean
  WebSecurityCustomizer firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    // What Tomcat leaves encoded looks like that, and nobody decodes a path twice.
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setUnsafeAllowAnyHttpMethod(true);
    // It would look at these only when they are read, as late as in a controller, and who reads
    // them checks them by its own rules: Tomcat gives every byte as a character of its own.
    firewall.setAllowedHeaderNames(_ -> true);
    firewall.setAllowedHeaderValues(_ -> true);
    firewall.setAllowedParameterNames(_ -> true);
    return web -> web.httpFirewall(firewall);
  }

  @Bean
  RequestRejectedHandler tricks(ProblemWriter problems) {
    return (request, response, _) -> {
      new AnswerHeaders().writeHeaders(request, response);
      problems.write(Unreadable.request(), request, response);
    };
  }
}
