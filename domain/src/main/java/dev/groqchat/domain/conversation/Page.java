package dev.groqchat.domain.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param next where the next page begins; null on the last one
 */
public record Page<T, C>(List<T> items, @Nullable C next) {
  public Page {
    items = List.copyOf(items);
  }
}
