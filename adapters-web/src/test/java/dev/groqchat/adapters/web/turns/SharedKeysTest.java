package dev.groqchat.adapters.web.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.web.Answer;
import dev.groqchat.adapters.web.Doorkeeper;
import dev.groqchat.adapters.web.OverHttp;
import dev.groqchat.adapters.web.Site;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Whose an Idempotency-Key is. */
class SharedKeysTest {
  private static Answer say(Site site, String message, String key, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Idempotency-Key: " + key;
    return site.post("/api/conversations/c/turns", "{\"message\":\"" + message + "\"}", all);
  }

  private static String turn(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("X-Turn-ID");
  }

  @OverHttp
  @Nested
  @TestPropertySource(properties = "groqchat.web.trusted-proxies=127.0.0.0/8,::1")
  class WithoutApiKeys {
    private final Site site;

    WithoutApiKeys(Site site) {
      this.site = site;
    }

    private String visitor() {
      return "Cookie: "
          + site.post("/api/conversations", "{\"title\":\"a cookie\"}").cookiesSentBack();
    }

    @Test
    void aStrangersKeyIsAnotherOne() {
      String mine = visitor();
      String theirs = visitor();
      String key = site.name("key");

      String turn = turn(say(site, "mine", key, mine));

      assertThat(turn(say(site, "theirs", key, theirs))).isNotEqualTo(turn);
      assertThat(turn(say(site, "mine", key, theirs.replace("groqchat_visitor", "x"))))
          .as("without a cookie that counts")
          .isNotEqualTo(turn);
      assertThat(turn(say(site, "mine", key, mine))).isEqualTo(turn);
      assertThat(say(site, "something else", key, mine).status()).isEqualTo(422);
    }

    @Test
    void whoSendsNoCookieIsKnownByTheAddress() {
      String here = "X-Forwarded-For: 198.51.100.1";
      String there = "X-Forwarded-For: 198.51.100.2";
      String key = site.name("key");

      String turn = turn(say(site, "here", key, here));

      assertThat(turn(say(site, "here", key, here))).isEqualTo(turn);
      assertThat(turn(say(site, "there", key, there))).isNotEqualTo(turn);
      assertThat(say(site, "something else", key, here).status()).isEqualTo(422);
    }

    @Test
    void aKeyThatCanBeNoneIsRefused() {
      assertThat(say(site, "hi", "a b").json().get("detail").stringValue())
          .isEqualTo("Idempotency-Key must be 1 to 255 visible ASCII characters");
    }
  }

  @OverHttp
  @Nested
  @TestPropertySource(properties = "groqchat.web.api-keys=alice:one,bob:two")
  class WithApiKeys {
    private final Site site;
    private final Doorkeeper doorkeeper;

    WithApiKeys(Site site, Doorkeeper doorkeeper) {
      this.site = site;
      this.doorkeeper = doorkeeper;
    }

    @Test
    void itIsItsHolders() {
      String turn = turn(say(site, "mine", "key", "X-API-Key: one"));

      assertThat(doorkeeper.asked("mine").wish().idempotencyKey()).isEqualTo("key");
      assertThat(turn(say(site, "mine", "key", "X-API-Key: one"))).isEqualTo(turn);
      assertThat(turn(say(site, "theirs", "key", "X-API-Key: two"))).isNotEqualTo(turn);
      assertThat(say(site, "other", "key", "X-API-Key: one").status()).isEqualTo(422);
    }
  }
}
