package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where conversations stand in the lists of their owners and visitors: sorted sets whose members
 * sort as conversations do. An entry is only a hint, as it is kept in another slot than what it
 * stands for: it is made before the conversation, and whoever reads a list passes over what is not
 * there, or is not what it was. The shared space has no list of all: nobody is shown one.
 */
final class RedisListing {
  /** Added to seconds, so that those before 1970 sort, too. */
  private static final long OFFSET = 100_000_000_000L;

  /** Younger entries may stand for what is just being created. */
  private static final Duration NEW = Duration.ofMinutes(1);

  private final RedisGate gate;
  private final long ttlMillis;
  private final int most;

  /** Lists are kept for longer than what they list, as not every use of that is told to them. */
  RedisListing(RedisGate gate, RedisSettings settings) {
    this.gate = gate;
    this.ttlMillis = settings.sessionTtl().multipliedBy(2).toMillis();
    this.most = settings.maxListed();
  }

  /** A place in a list, and the member that stands there. */
  record Entry(String member, ConversationKey key) {
    /** Whether this conversation stands here, rather than one that had the key before. */
    boolean standsFor(Conversation conversation) {
      return member.equals(named(ConversationCursor.at(conversation)));
    }

    ConversationCursor cursor() {
      long seconds = Long.parseLong(member.substring(0, 12)) - OFFSET;
      long nanos = Long.parseLong(member.substring(12, 21));
      return new ConversationCursor(Instant.ofEpochSecond(seconds, nanos), key.id());
    }

    boolean isNew() {
      return cursor().createdAt().isAfter(Instant.now().minus(NEW));
    }
  }

  /** Enters a conversation; of too many, those that were begun first are no longer listed. */
  void add(Conversation conversation) {
    String member = named(ConversationCursor.at(conversation));
    List<String> lists = lists(conversation);
    if (!lists.isEmpty()) {
      gate.call(redis -> all(lists.stream().flatMap(it -> add(redis, it, member)).toList()));
    }
  }

  private Stream<CompletionStage<?>> add(
      RedisClusterAsyncCommands<String, String> redis, String list, String member) {
    return Stream.of(
        redis.zadd(list, 0, member),
        redis.zremrangebyrank(list, 0, -most - 1L),
        redis.pexpire(list, ttlMillis));
  }

  /** Keeps the lists of a conversation that is used. */
  void used(Conversation conversation) {
    lists(conversation).forEach(it -> gate.send(redis -> redis.pexpire(it, ttlMillis)));
  }

  /** Strikes a conversation that is deleted. */
  void remove(Conversation conversation) {
    String member = named(ConversationCursor.at(conversation));
    lists(conversation).forEach(it -> gate.send(redis -> redis.zrem(it, member)));
  }

  /** Strikes an entry that stands for nothing. */
  void remove(Owner owner, @Nullable VisitorId visitor, Entry entry) {
    String list = list(owner, visitor);
    gate.send(redis -> redis.zrem(list, entry.member()));
  }

  /** Entries after a place, newest first. */
  List<Entry> after(
      Owner owner, @Nullable VisitorId visitor, @Nullable ConversationCursor after, int limit) {
    Range<String> range =
        Range.from(
            Range.Boundary.unbounded(),
            after == null ? Range.Boundary.unbounded() : Range.Boundary.excluding(named(after)));
    String list = list(owner, visitor);
    List<String> members =
        gate.call(redis -> redis.zrevrangebylex(list, range, Limit.create(0, limit)));
    return members.stream().map(member -> entry(owner, member)).toList();
  }

  private static Entry entry(Owner owner, String member) {
    return new Entry(member, new ConversationKey(owner, new ConversationId(member.substring(22))));
  }

  private static List<String> lists(Conversation conversation) {
    Owner owner = conversation.key().owner();
    List<String> lists = new ArrayList<>(2);
    if (!owner.shared()) {
      lists.add(RedisKeys.list(owner));
    }
    if (conversation.startedBy() != null) {
      lists.add(RedisKeys.list(owner, conversation.startedBy()));
    }
    return lists;
  }

  private static String list(Owner owner, @Nullable VisitorId visitor) {
    return visitor == null ? RedisKeys.list(owner) : RedisKeys.list(owner, visitor);
  }

  /** Sorts as its instant does, then as its id. */
  private static String named(ConversationCursor place) {
    Instant at = place.createdAt();
    return "%012d%09d:%s".formatted(at.getEpochSecond() + OFFSET, at.getNano(), place.id());
  }

  /** Ends with the last of several. */
  static CompletableFuture<Void> all(List<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }
}
