package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.turn.TurnId;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Says in which conversation a turn is found.
 *
 * @param tag the conversation's {@link RedisKeys#tag}
 */
record RedisHint(TurnId turn, String tag, Duration kept) {
  CompletionStage<String> set(RedisClusterAsyncCommands<String, String> redis) {
    return redis.psetex(RedisKeys.turn(turn), kept.toMillis(), tag);
  }
}
