package dev.groqchat.adapters.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Who is counted, as seen behind a proxy and without one. */
class ClientsOverHttpTest {
  private static final String TOLD = "X-Forwarded-For: 1.1.1.1, 203.0.113.9";

  private static String client(Site site, Doorkeeper doorkeeper, String path, String body) {
    String message = site.name("message");
    site.post(path, body.formatted(message), TOLD);
    return doorkeeper.asked(message).caller().client();
  }

  @OverHttp
  @Nested
  class WithoutAProxy {
    private final Site site;
    private final Doorkeeper doorkeeper;

    WithoutAProxy(Site site, Doorkeeper doorkeeper) {
      this.site = site;
      this.doorkeeper = doorkeeper;
    }

    @Test
    void aStrangersWordDoesNotCount() {
      assertThat(client(site, doorkeeper, "/chat", "{\"prompt\":\"%s\"}"))
          .isIn("127.0.0.1", "0:0:0:0::/64");
      assertThat(client(site, doorkeeper, "/api/conversations/a/turns", "{\"message\":\"%s\"}"))
          .isIn("127.0.0.1", "0:0:0:0::/64");
    }
  }

  @OverHttp
  @Nested
  @TestPropertySource(properties = "groqchat.web.trusted-proxies=127.0.0.0/8, ::1")
  class BehindAProxy {
    private final Site site;
    private final Doorkeeper doorkeeper;

    BehindAProxy(Site site, Doorkeeper doorkeeper) {
      this.site = site;
      this.doorkeeper = doorkeeper;
    }

    @Test
    void itsWordDoes() {
      assertThat(client(site, doorkeeper, "/chat", "{\"prompt\":\"%s\"}")).isEqualTo("203.0.113.9");
      assertThat(client(site, doorkeeper, "/api/conversations/a/turns", "{\"message\":\"%s\"}"))
          .isEqualTo("203.0.113.9");
    }
  }

  @OverHttp
  @Nested
  @TestPropertySource(
      properties = {
        "groqchat.web.trusted-proxies=127.0.0.0/8,::1",
        "groqchat.web.api-keys=alice:secret"
      })
  class WithKeys {
    private final Site site;
    private final Doorkeeper doorkeeper;

    WithKeys(Site site, Doorkeeper doorkeeper) {
      this.site = site;
      this.doorkeeper = doorkeeper;
    }

    @Test
    void aKeyIsItsHoldersWhereverItComesFrom() {
      String message = site.name("message");

      site.post("/chat", "{\"prompt\":\"" + message + "\"}", TOLD, "X-API-Key: secret");

      assertThat(doorkeeper.asked(message).caller().client()).isEqualTo("alice");
    }
  }
}
