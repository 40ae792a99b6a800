package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.turn.IdempotencyKey;
import dev.groqchat.domain.turn.TurnId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What things are called in Redis. All of one conversation has one hash tag, hence one slot of a
 * cluster; whatever is made of others' words is encoded, so that two names never join to the same.
 */
final class RedisKeys {
  /** Heard by those who wait in a line: the {@link #tag} of a conversation whose line has moved. */
  static final String LINE_MOVED = "groqchat:line-moved";

  /** Heard by all instances: who asks, a blank, and the turn to be stopped. */
  static final String STOP = "groqchat:stop";

  /** Instances by the end of their lease. */
  static final String INSTANCES = "groqchat:instances";

  private RedisKeys() {}

  /** A conversation's name in other keys, in values and messages. */
  static String tag(ConversationKey conversation) {
    return encoded(conversation.owner().name()) + "/" + conversation.id();
  }

  /** What a {@link #tag} was made of. */
  static ConversationKey conversation(String tag) {
    int slash = tag.indexOf('/');
    String owner = URLDecoder.decode(tag.substring(0, slash), StandardCharsets.UTF_8);
    return new ConversationKey(new Owner(owner), new ConversationId(tag.substring(slash + 1)));
  }

  /**
   * All keys of a conversation, as its scripts expect them: itself, its turns by id, their order,
   * and its line.
   */
  static List<String> all(ConversationKey conversation) {
    String tag = "{" + tag(conversation) + "}";
    return List.of(
        "groqchat:conversation:" + tag,
        "groqchat:turns:" + tag,
        "groqchat:order:" + tag,
        "groqchat:line:" + tag);
  }

  /** The conversation itself: a hash of {@code json}, {@code version}, {@code turns}. */
  static String conversation(ConversationKey conversation) {
    return all(conversation).getFirst();
  }

  /** The turns of a conversation: a hash of JSON by id. */
  static String turns(ConversationKey conversation) {
    return all(conversation).get(1);
  }

  /** Says of which conversation a turn is. */
  static String turn(TurnId turn) {
    return "groqchat:turn:" + turn;
  }

  /** An idempotency key of an owner. */
  static String key(Owner owner, IdempotencyKey key) {
    return "groqchat:key:" + encoded(owner.name()) + "/" + encoded(key.value());
  }

  /** All conversations of an owner. */
  static String list(Owner owner) {
    return "groqchat:list:" + encoded(owner.name());
  }

  /** Those that one visitor has started. */
  static String list(Owner owner, VisitorId visitor) {
    return list(owner) + "/" + encoded(visitor.value());
  }

  /** The turns that an instance holds: a hash of conversations' tags by the turns' ids. */
  static String held(String instance) {
    return "groqchat:held:" + instance;
  }

  /** A ticket, which is a secret: who reads names of keys is not to have it. */
  static String ticket(String ticket) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(ticket.getBytes(StandardCharsets.UTF_8));
      return "groqchat:ticket:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Without braces, slashes and colons. */
  private static String encoded(String words) {
    return URLEncoder.encode(words, StandardCharsets.UTF_8);
  }
}
