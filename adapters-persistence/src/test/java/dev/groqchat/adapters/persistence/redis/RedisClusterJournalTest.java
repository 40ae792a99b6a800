package dev.groqchat.adapters.persistence.redis;

import static dev.groqchat.adapters.persistence.redis.JournalInstance.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.adapters.persistence.fixtures.RedisCluster;
import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.port.Following;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent.Delta;
import dev.groqchat.domain.turn.TurnEvent.Stopped;
import dev.groqchat.domain.turn.TurnId;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a cluster of three, in which a turn may be anywhere. */
@Timeout(20)
class RedisClusterJournalTest {
  @RegisterExtension static final RedisCluster REDIS = new RedisCluster();

  @RepeatedTest(3)
  void isPushedFromOneInstanceToAnother() throws Exception {
    try (JournalInstance one = JournalInstance.of(REDIS.urls());
        JournalInstance other = JournalInstance.of(REDIS.urls())) {
      TurnId turn = one.opened();
      StringBuilder written = new StringBuilder();
      try (Following follower = other.follow(turn, 0);
          Background<List<NumberedEvent>> reading =
              Background.run(() -> JournalInstance.rest(follower))) {
        one.write(turn, written, 100);
        one.append(turn, new Stopped(1, true));

        assertThat(text(reading.result())).isEqualTo(written.toString());
      }
      assertThat(other.rest(turn, 0)).isEqualTo(one.rest(turn, 0));
    }
  }

  @RepeatedTest(3)
  void isTakenOverByAnother() throws Exception {
    try (JournalInstance one = JournalInstance.of(REDIS.urls());
        JournalInstance other = JournalInstance.of(REDIS.urls())) {
      TurnId turn = one.opened();
      one.append(turn, new Delta("a"));
      one.journal().settle(turn);

      assertThat(other.append(turn, new Stopped(1, true))).isEqualTo(2);

      try (Following follower = one.follow(turn, 0)) {
        assertThat(JournalInstance.rest(follower)).hasSize(2);
      }
    }
  }
}
