package dev.groqchat.adapters.web.docs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.groqchat.adapters.web.problem.ErrorForm;
import dev.groqchat.adapters.web.settings.ServiceInfo;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The documentation as a whole: what it says before the first operation, and its form. */
@Configuration(proxyBeanMethods = false)
class Description {
  private static final String BEARER = "bearer";
  private static final String KEY_HEADER = "key";

  @Bean
  OpenAPI openApi(ServiceInfo service) throws IOException {
    return new OpenAPI()
        .info(
            new Info()
                .title("Groq Chat Service")
                .version(service.version().replace("-SNAPSHOT", ""))
                .summary("Conversations with a language model, streamed and kept.")
                .description(text("description.md"))
                .license(new License().name("MIT").identifier("MIT")))
        // Wherever it was read from.
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("One of API_KEY and API_KEYS, if any are set."))
                .addSecuritySchemes(
                    KEY_HEADER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-API-Key")
                        .description("The same, for clients that cannot send the other.")))
        .security(
            List.of(
                new SecurityRequirement(),
                new SecurityRequirement().addList(BEARER),
                new SecurityRequirement().addList(KEY_HEADER)));
  }

  private static String text(String name) throws IOException {
    return new ClassPathResource(name, Description.class)
        .getContentAsString(StandardCharsets.UTF_8);
  }

  /**
   * Names as Jackson writes them here; springdoc would take its own, and writes the documentation
   * with them.
   */
  @Bean
  ModelResolver modelResolver(ObjectMapperProvider mappers) {
    return new ModelResolver(
            mappers
                .jsonMapper()
                .copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
        .openapi31(true);
  }

  @Bean
  ModelConverter recordSchemas() {
    return new RecordSchemas();
  }

  @Bean
  GlobalOpenApiCustomizer finishingTouches(List<ErrorForm> forms) {
    return new FinishingTouches(forms);
  }

  /** Asked again with If-None-Match, it costs the client nothing. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> tagOfTheDocumentation() {
    ShallowEtagHeaderFilter filter =
        new ShallowEtagHeaderFilter() {
          @Override
          protected void doFilterInternal(
              jakarta.servlet.http.HttpServletRequest request,
              jakarta.servlet.http.HttpServletResponse response,
              jakarta.servlet.FilterChain chain)
              throws jakarta.servlet.ServletException, IOException {
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noCache().getHeaderValue());
            super.doFilterInternal(request, response, chain);
          }
        };
    FilterRegistrationBean<ShallowEtagHeaderFilter> bean = new FilterRegistrationBean<>(filter);
    bean.addUrlPatterns("/v3/api-docs", "/v3/api-docs.yaml");
    return bean;
  }
}
