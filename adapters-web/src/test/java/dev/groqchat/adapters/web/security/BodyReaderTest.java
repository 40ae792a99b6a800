package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.adapters.web.problem.BodyTooLargeException;
import dev.groqchat.adapters.web.problem.ProblemWriters;
import dev.groqchat.adapters.web.settings.RelayProperties;
import dev.groqchat.adapters.web.settings.WebProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** Bodies without an announced length, however they are read. */
class BodyReaderTest {
  /** A request that does not know its length. */
  private static HttpServletRequest limited(int length) throws Exception {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/x") {
          @Override
          public long getContentLengthLong() {
            return -1;
          }
        };
    request.setContent("x".repeat(length).getBytes(StandardCharsets.UTF_8));
    HttpServletRequest[] seen = new HttpServletRequest[1];
    FilterChain chain = (passed, _) -> seen[0] = (HttpServletRequest) passed;
    new BodyLimit(
            new WebProperties(
                null,
                null,
                DataSize.ofBytes(10),
                List.of(),
                List.of(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofMinutes(2)),
            new RelayProperties(DataSize.ofBytes(20), null, Duration.ofSeconds(10)),
            ProblemWriters.unused())
        .doFilter(request, new MockHttpServletResponse(), chain);
    return seen[0];
  }

  @Test
  void theLimitItselfIsRead() throws Exception {
    assertThat(limited(10).getReader().readLine()).hasSize(10);
    assertThat(limited(10).getInputStream().readAllBytes()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 100_000})
  void moreIsNotReadByAnyRoad(int length) throws Exception {
    assertThatThrownBy(() -> limited(length).getReader().readLine())
        .isInstanceOf(BodyTooLargeException.class);
    assertThatThrownBy(() -> limited(length).getInputStream().readAllBytes())
        .isInstanceOf(BodyTooLargeException.class);
    var in = limited(length).getInputStream();
    for (int read = 0; read < 10; read++) {
      assertThat(in.read()).isEqualTo('x');
    }
    assertThatThrownBy(in::read).isInstanceOf(BodyTooLargeException.class);
  }
}
