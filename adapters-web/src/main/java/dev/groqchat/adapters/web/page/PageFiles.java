package dev.groqchat.adapters.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What the page is made of, below {@code /page}. Browsers ask each time whether it has changed, and
 * are told by its content: a reproducible jar gives all files of all versions the same date.
 */
@Configuration(proxyBeanMethods = false)
class PageFiles implements WebMvcConfigurer {
  /** As many as there are files: they do not change while we run. */
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/page/**")
        .addResourceLocations("classpath:/page/")
        .setUseLastModified(false)
        .setEtagGenerator(this::tag)
        .setCacheControl(CacheControl.noCache());
  }

  private String tag(Resource file) {
    return tags.computeIfAbsent(file.getDescription(), _ -> digest(file));
  }

  /** A weak one: Tomcat does not compress what has a strong one. */
  private static String digest(Resource file) {
    try (InputStream bytes = file.getInputStream()) {
      return "W/\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
