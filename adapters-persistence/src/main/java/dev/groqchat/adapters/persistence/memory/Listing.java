package dev.groqchat.adapters.persistence.memory;

import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.VisitorId;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where conversations stand in lists, newest first: each among its owner's, and once more among its
 * visitor's. One sorted map holds all lists one after the other, so that none is left over when its
 * last conversation goes.
 */
final class Listing {
  private static final Comparator<Place> ORDER =
      Comparator.comparing((Place place) -> place.owner().name())
          .thenComparing(Place::visitor)
          .thenComparing(place -> place.at().createdAt(), Comparator.reverseOrder())
          .thenComparing(place -> place.at().id().value(), Comparator.reverseOrder());

  /** Before all others: nothing can have been begun later. */
  private static final ConversationCursor NEWEST =
      new ConversationCursor(Instant.MAX, new ConversationId("-"));

  private final ConcurrentNavigableMap<Place, StoredConversation> places =
      new ConcurrentSkipListMap<>(ORDER);

  /**
   * A place in a list.
   *
   * @param visitor empty for the list of all of the owner's, which no visitor is called
   */
  private record Place(Owner owner, String visitor, ConversationCursor at) {
    boolean sameList(Place other) {
      return owner.equals(other.owner) && visitor.equals(other.visitor);
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  void add(Conversation conversation, StoredConversation stored) {
    placesOf(conversation).forEach(place -> places.put(place, stored));
  }

  void remove(Conversation conversation) {
    placesOf(conversation).forEach(places::remove);
  }

  /** What comes after a place, as it is found on the way. */
  Stream<StoredConversation> after(
      Owner owner, @Nullable VisitorId startedBy, @Nullable ConversationCursor after) {
    Place begin = place(owner, startedBy, after == null ? NEWEST : after);
    return places.tailMap(begin, false).entrySet().stream()
        .takeWhile(entry -> entry.getKey().sameList(begin))
        .map(entry -> entry.getValue());
  }

  static boolean samePlaces(Conversation one, Conversation other) {
    return placesOf(one).toList().equals(placesOf(other).toList());
  }

  private static Stream<Place> placesOf(Conversation conversation) {
    Owner owner = conversation.key().owner();
    ConversationCursor at = ConversationCursor.at(conversation);
    VisitorId visitor = conversation.startedBy();
    Place amongAll = place(owner, null, at);
    return visitor == null ? Stream.of(amongAll) : Stream.of(amongAll, place(owner, visitor, at));
  }

  private static Place place(Owner owner, @Nullable VisitorId visitor, ConversationCursor at) {
    return new Place(owner, visitor == null ? "" : visitor.value(), at);
  }
}
