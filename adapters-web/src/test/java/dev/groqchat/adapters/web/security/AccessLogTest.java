package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.groqchat.adapters.web.Site;
import dev.groqchat.adapters.web.Wire;
import dev.groqchat.adapters.web.WithKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** One line for each request: what it says, and what it never says. */
@WithKeys
class AccessLogTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.groqchat.access");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Site site;
  private final Lines lines = new Lines();

  AccessLogTest(Site site) {
    this.site = site;
  }

  /** Lines as they are logged, on the threads of the requests. */
  private static final class Lines extends ListAppender<ILoggingEvent> {
    @Override
    protected synchronized void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      super.append(event);
      notifyAll();
    }

    synchronized List<ILoggingEvent> await(String requestId) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (of(requestId).isEmpty()) {
        long left = deadline - System.nanoTime();
        assertThat(left).as("no line of request %s: %s", requestId, list).isPositive();
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return of(requestId);
    }

    private List<ILoggingEvent> of(String requestId) {
      return list.stream()
          .filter(it -> requestId.equals(it.getMDCPropertyMap().get("request_id")))
          .toList();
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(lines);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(lines);
    LOG.setLevel(null);
  }

  private ILoggingEvent only(String requestId) throws InterruptedException {
    List<ILoggingEvent> all = lines.await(requestId);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static Map<String, String> facts(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(it -> it.key, it -> String.valueOf(it.value)));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /health, /health, 200",
    "GET, /api/conversations/secret-name, /api/conversations/{id}, 404",
    "GET, /api/models?ticket=secret, /api/models, 200",
    "GET, /nowhere/secret, /**, 404",
    "DELETE, /chat, none, 405"
  })
  void namesTheRouteAndNotTheAddress(String method, String path, String route, int status)
      throws Exception {
    String id = site.name("request");

    site.call(method, path, "X-Request-ID: " + id, "Authorization: Bearer " + WithKeys.ALICES);

    assertThat(facts(only(id)))
        .containsEntry("method", method)
        .containsEntry("status", Integer.toString(status))
        .containsEntry("client", "alice")
        .containsEntry("route", route)
        .containsKey("duration_ms");
    assertThat(only(id).getFormattedMessage()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /chat%2Fsecret HTTP/1.1, GET",
    "GET /chat|secret HTTP/1.1, GET",
    "nonsense, none"
  })
  void namesAlsoWhatNeverBecameARequest(String line, String method) throws Exception {
    String answer;
    try (Wire wire = site.connect()) {
      answer = wire.send(line + "\nHost: x\nConnection: close", "").readAll();
    }
    String id = answer.replaceAll("(?s).*X-Request-ID: ([^\r]*)\r.*", "$1");

    assertThat(facts(only(id)))
        .containsEntry("method", method)
        .containsEntry("route", "none")
        .containsEntry("status", "400")
        .containsEntry("client", "127.0.0.1")
        .containsKey("duration_ms");
    assertThat(only(id).getFormattedMessage()).doesNotContain("secret");
  }

  @Test
  void whoHasNoKeyIsAnAddress() throws Exception {
    site.call("GET", "/api/models", "X-Request-ID: nobody", "X-API-Key: wrong-secret");

    assertThat(facts(only("nobody")))
        .containsEntry("client", "127.0.0.1")
        .containsEntry("status", "401");
    assertThat(only("nobody").getFormattedMessage()).doesNotContain("secret");
  }
}
