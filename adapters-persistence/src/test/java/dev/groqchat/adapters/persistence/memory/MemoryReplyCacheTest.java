package dev.groqchat.adapters.persistence.memory;

import static dev.groqchat.application.fixtures.Fixtures.MODEL;
import static dev.groqchat.application.fixtures.Fixtures.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.FakeClock;
import dev.groqchat.application.fixtures.ReplyCacheContract;
import dev.groqchat.application.port.out.ReplyCache;
import dev.groqchat.application.port.out.ReplyCache.Kept;
import dev.groqchat.domain.turn.FinishReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryReplyCacheTest implements ReplyCacheContract {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final int ENTRIES = 100;
  private static final long BYTES = 1_000_000;

  private final FakeClock clock = new FakeClock();
  private final MemoryReplyCache cache = new MemoryReplyCache(TTL, ENTRIES, BYTES, clock);

  @Override
  public ReplyCache replies() {
    return cache;
  }

  @Test
  void aReplyIsKeptForItsTimeHoweverOftenItIsFound() {
    cache.keep("key", reply("answer"));
    clock.pass(TTL.minusMillis(1));
    assertThat(cache.find("key")).isPresent();

    clock.pass(Duration.ofMillis(1));

    assertThat(cache.find("key")).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void onlySoManyRepliesAreKept() {
    for (int each = 0; each < 10 * ENTRIES; each++) {
      cache.keep("key " + each, reply("short"));
      assertThat(cache.size()).isLessThanOrEqualTo(ENTRIES);
    }
    assertThat(cache.size()).isEqualTo(ENTRIES);
  }

  @Test
  void ofLongRepliesFewerAreKept() {
    for (int each = 0; each < ENTRIES; each++) {
      cache.keep("key " + each, reply("x".repeat(50_000)));
    }
    assertThat(cache.size()).isBetween(5L, BYTES / 100_000);
  }

  @Test
  void aReplyThatIsLargerThanTheCacheIsNotKeptAndTakesNoOthersPlace() {
    cache.keep("small", reply("short"));

    cache.keep("large", reply("x".repeat((int) BYTES)));

    assertThat(cache.find("large")).isEmpty();
    assertThat(cache.find("small")).isPresent();
  }

  @Test
  void aCacheThatIsTurnedOffKeepsNothing() {
    NoReplyCache none = new NoReplyCache();

    none.keep("key", reply("answer"));

    assertThat(none.find("key")).isEmpty();
  }

  private static Kept reply(String text) {
    return new Kept(MODEL, "", text, FinishReason.STOP, USAGE);
  }
}
