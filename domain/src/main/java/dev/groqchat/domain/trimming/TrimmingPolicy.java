package dev.groqchat.domain.trimming;

import java.util.List;

/**
 * Chooses which exchanges the model sees. Takes and gives them oldest first, keeps the newest,
 * never cuts one in half, and never leaves a hole: what it gives is a tail of what it took.
 */
@FunctionalInterface
public interface TrimmingPolicy {
  List<Exchange> trim(List<Exchange> oldestFirst);

  default TrimmingPolicy then(TrimmingPolicy next) {
    return all -> next.trim(trim(all));
  }

  /** At most so many. */
  static TrimmingPolicy newest(int exchanges) {
    if (exchanges < 0) {
      throw new IllegalArgumentException("exchanges cannot be negative: " + exchanges);
    }
    return all -> tail(all, Math.min(exchanges, all.size()));
  }

  /** At most so many tokens together. */
  static TrimmingPolicy within(TokenBudget budget) {
    return all -> {
      long left = budget.tokens();
      int kept = 0;
      for (Exchange exchange : all.reversed()) {
        left -= exchange.cost();
        if (left < 0) {
          break;
        }
        kept++;
      }
      return tail(all, kept);
    };
  }

  private static List<Exchange> tail(List<Exchange> all, int size) {
    return List.copyOf(all.subList(all.size() - size, all.size()));
  }
}
