package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.application.fixtures.Fixtures.MODEL;
import static dev.groqchat.application.fixtures.Fixtures.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.persistence.fixtures.RedisServer;
import dev.groqchat.application.fixtures.ReplyCacheContract;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.domain.turn.FinishReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisReplyCacheTest implements ReplyCacheContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static TrafficInstance one;
  private static TrafficInstance other;

  private static final CacheSettings SETTINGS = new CacheSettings(Duration.ofMinutes(5), 10_000);
  private static final String KEY = "groqchat:reply:key";

  private ReplyCache replies;

  @BeforeAll
  static void connect() {
    one = TrafficInstance.connected(REDIS);
    other = TrafficInstance.connected(REDIS);
  }

  @BeforeEach
  void begin() {
    one.forgetAll();
    replies = one.replies(SETTINGS);
  }

  @AfterAll
  static void disconnect() {
    one.close();
    other.close();
  }

  @Override
  public ReplyCache replies() {
    return replies;
  }

  @Test
  void whatOneInstanceKeepsAnotherOneFinds() {
    replies.keep("key", reply("answer"));
    assertThat(replies.find("key")).isPresent();

    assertThat(other.replies(SETTINGS).find("key")).contains(reply("answer"));
  }

  @Test
  void aReplyIsKeptForItsTime() {
    replies.keep("key", reply("answer"));
    assertThat(replies.find("key")).isPresent();

    assertThat(millisLeft(KEY)).isBetween(200_000L, 300_000L);
    REDIS.asked(redis -> redis.pexpire(KEY, 0));

    assertThat(replies.find("key")).isEmpty();
  }

  @Test
  void aReplyThatIsTooLongIsNotKept() {
    replies.keep("long", reply("x".repeat(10_000)));
    replies.keep("short", reply("x".repeat(9_000)));

    assertThat(replies.find("long")).isEmpty();
    assertThat(replies.find("short")).isPresent();
  }

  @Test
  void whatCannotBeReadIsNothing() {
    REDIS.asked(redis -> redis.set(KEY, "{\"v\":99}"));
    assertThat(replies.find("key")).isEmpty();

    replies.keep("key", reply("answer"));

    assertThat(replies.find("key")).isPresent();
  }

  @Test
  void withoutRedisThereIsNothingAndNothingFails() {
    replies.keep("key", reply("answer"));
    REDIS.stop();

    for (int each = 0; each < 20; each++) {
      assertThat(replies.find("key")).isEmpty();
      replies.keep("key", reply("answer"));
    }

    REDIS.start();
    one.awaitRedis();
    other.awaitRedis();
    TrafficInstance.await(
        () -> {
          replies.keep("key", reply("answer"));
          return replies.find("key").isPresent();
        },
        "the cache");
  }

  @Test
  void aFullRedisKeepsNothingAndNothingFails() {
    REDIS.fill();
    try {
      replies.keep("key", reply("answer"));

      assertThat(replies.find("key")).isEmpty();
    } finally {
      REDIS.makeRoom();
    }
  }

  private static Kept reply(String text) {
    return new Kept(MODEL, "", text, FinishReason.STOP, USAGE);
  }

  private static long millisLeft(String key) {
    return REDIS.asked(redis -> redis.pttl(key));
  }
}
