package dev.groqchat.adapters.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** How the chat page is served; what it does is tried in a browser, in acceptance-page. */
@OverHttp
class PageTest {
  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"(page/[^\"]+)\"");
  private static final Pattern IMPORTED = Pattern.compile("from '(\\.[^']+)'");
  private static final int MOST_BYTES = 300_000;

  private final Site site;

  PageTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/web"})
  void standsAtBothAddressesWithItsPolicy(String path) {
    Answer answer = site.get(path, "Accept: text/html");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).contains("<title>Groq Chat</title>");
  }

  @Test
  void bringsEverythingItNamesAndNothingFromElsewhere() throws IOException {
    String page = site.get("/").body();

    assertThat(page).doesNotContain("http://", "https://", "style=", "onclick");
    assertThat(LINKED.matcher(page).results().map(it -> it.group(1)))
        .hasSizeGreaterThan(8)
        .allSatisfy(it -> assertThat(site.get("/" + it).status()).as(it).isEqualTo(200));
    for (Resource script : files("js/**/*.js")) {
      assertThat(IMPORTED.matcher(text(script)).results().map(it -> it.group(1)))
          .allSatisfy(
              it -> assertThat(script.createRelative(it).exists()).as(script + ": " + it).isTrue());
    }
  }

  @Test
  void filesAreAskedForAgainAndToldApartByTheirContent() {
    Answer first = site.get("/page/js/app.js");
    String tag = first.header("ETag");

    assertThat(first.header("Content-Type")).startsWith("text/javascript");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(tag).startsWith("W/\"");
    assertThat(site.get("/page/js/app.js", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertThat(site.get("/page/css/layout.css").header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(site.get("/page/js/none.js").status()).isEqualTo(404);
    assertThat(site.get("/page/../application.yml").status()).isIn(400, 404);
  }

  @Test
  void isSmall() throws IOException {
    int bytes = 0;
    for (Resource file : files("**/*.*")) {
      bytes += compressed(file.getContentAsByteArray());
    }
    assertThat(bytes).isBetween(50_000, MOST_BYTES);
  }

  private static Resource[] files(String pattern) throws IOException {
    return Stream.of(
            new PathMatchingResourcePatternResolver().getResources("classpath:page/" + pattern))
        .filter(Resource::isReadable)
        .toArray(Resource[]::new);
  }

  private static String text(Resource file) throws IOException {
    return file.getContentAsString(StandardCharsets.UTF_8);
  }

  private static int compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.size();
  }
}
