package dev.groqchat.adapters.persistence.redis;

import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationKey;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Conversations, each changed by scripts alone, and each with a time to live that use renews. */
final class RedisConversationStore implements ConversationStore {
  private static final RedisScript<Long> CREATE = RedisScript.number("conversation-create");
  private static final RedisScript<List<Object>> FIND = RedisScript.list("conversation-find");
  private static final RedisScript<List<Object>> EDIT = RedisScript.list("conversation-edit");
  private static final RedisScript<List<Object>> DELETE = RedisScript.list("conversation-delete");

  /** More attempts than there are editors of one conversation at once. */
  private static final int MOST_EDITS = 1_000;

  /** Entries of a list that are looked at in one go, and goes for one page. */
  private static final int PART = 100;

  private static final int MOST_PARTS = 50;

  private final RedisGate gate;
  private final RedisListing listing;
  private final String ttl;

  RedisConversationStore(RedisGate gate, RedisSettings settings) {
    this.gate = gate;
    this.listing = new RedisListing(gate, settings);
    this.ttl = Long.toString(settings.sessionTtl().toMillis());
  }

  /** Listed first: what is listed and not there is passed over, the reverse would stay unseen. */
  @Override
  public boolean create(Conversation conversation) {
    listing.add(conversation);
    List<String> itself = List.of(RedisKeys.conversation(conversation.key()));
    return gate.run(CREATE, itself, ttl, DomainJson.write(Conversation.class, conversation)) == 1;
  }

  @Override
  public Optional<Conversation> find(ConversationKey key) {
    return Optional.ofNullable(seen(gate.run(FIND, RedisKeys.all(key), ttl), 0))
        .map(Seen::conversation);
  }

  /** What was kept when it was looked at. */
  private record Seen(String version, Conversation conversation) {}

  private static @Nullable Seen seen(List<Object> answer, int from) {
    return answer.size() <= from
        ? null
        : new Seen((String) answer.get(from), read((String) answer.get(from + 1)));
  }

  @Override
  public Optional<Conversation> edit(ConversationKey key, UnaryOperator<Conversation> change) {
    Seen seen = seen(gate.run(FIND, RedisKeys.all(key), ttl), 0);
    for (int attempt = 0; attempt < MOST_EDITS; attempt++) {
      if (seen == null) {
        return Optional.empty();
      }
      Conversation changed = change.apply(seen.conversation());
      List<Object> answer = replace(key, seen.version(), changed);
      if (answer.getFirst().equals("done")) {
        listing.used(changed);
        return Optional.of(changed);
      }
      seen = seen(answer, 1);
    }
    throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
  }

  private List<Object> replace(ConversationKey key, String version, Conversation changed) {
    String json = DomainJson.write(Conversation.class, changed);
    return gate.run(EDIT, RedisKeys.all(key), ttl, version, json);
  }

  @Override
  public void delete(ConversationKey key) {
    List<Object> answer =
        gate.run(DELETE, RedisKeys.all(key), RedisKeys.LINE_MOVED, RedisKeys.tag(key));
    if (!answer.isEmpty() && answer.getFirst() instanceof String json) {
      listing.remove(read(json));
    }
  }

  /** Reads a list in parts, until there is one item more than asked for, which begins the next. */
  @Override
  public Page<Conversation, ConversationCursor> list(
      Owner owner, @Nullable VisitorId startedBy, @Nullable ConversationCursor after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
    List<Conversation> found = new ArrayList<>();
    ConversationCursor place = after;
    int most = Math.min(PART, limit + 1);
    for (int part = 0; part < MOST_PARTS && found.size() <= limit; part++) {
      List<RedisListing.Entry> entries = listing.after(owner, startedBy, place, most);
      found.addAll(standing(owner, startedBy, entries));
      if (entries.size() < most) {
        return page(found, limit, null);
      }
      place = entries.getLast().cursor();
    }
    return page(found, limit, place);
  }

  /**
   * @param next where to go on if the page is not full; null at the end of the list
   */
  private static Page<Conversation, ConversationCursor> page(
      List<Conversation> found, int limit, @Nullable ConversationCursor next) {
    if (found.size() <= limit) {
      return new Page<>(found, next);
    }
    List<Conversation> items = found.subList(0, limit);
    return new Page<>(items, ConversationCursor.at(items.getLast()));
  }

  /** What entries stand for; those that stand for nothing any more are struck. */
  private List<Conversation> standing(
      Owner owner, @Nullable VisitorId startedBy, List<RedisListing.Entry> entries) {
    List<@Nullable Conversation> kept = kept(entries);
    List<Conversation> standing = new ArrayList<>();
    for (int index = 0; index < entries.size(); index++) {
      RedisListing.Entry entry = entries.get(index);
      Conversation conversation = kept.get(index);
      if (conversation != null
          && entry.standsFor(conversation)
          && (startedBy == null || startedBy.equals(conversation.startedBy()))) {
        standing.add(conversation);
      } else if (!entry.isNew()) {
        listing.remove(owner, startedBy, entry);
      }
    }
    return standing;
  }

  /** To be listed is not to be used: this prolongs nothing. */
  private List<@Nullable Conversation> kept(List<RedisListing.Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    List<CompletableFuture<String>> answers = new ArrayList<>();
    gate.call(redis -> {
      entries.stream()
          .map(it -> redis.hget(RedisKeys.conversation(it.key()), "json"))
          .forEach(it -> answers.add(it.toCompletableFuture()));
      return RedisListing.all(answers);
    });
    List<@Nullable Conversation> kept = new ArrayList<>();
    for (CompletableFuture<String> answer : answers) {
      @Nullable String json = answer.resultNow();
      kept.add(json == null ? null : read(json));
    }
    return kept;
  }

  private static Conversation read(String json) {
    return DomainJson.read(Conversation.class, Objects.requireNonNull(json));
  }
}
