package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Tells everybody who waits how long that may take: until enough places inside are given back, at
 * the pace of late, or until the provider's budget has room for all before it and for itself,
 * whichever is later.
 */
final class Forecaster {
  private final int atOnce;
  private final Pace pace;

  Forecaster(int atOnce, Pace pace) {
    this.atOnce = atOnce;
    this.pace = pace;
  }

  /**
   * Tells everybody where they stand.
   *
   * @param order in which they should go
   * @param begun since when those are inside that are
   */
  void forecast(
      List<Place> order, Map<ModelId, Gate> gates, Collection<Instant> begun, Instant now) {
    Map<ModelId, Demand> demands = new HashMap<>();
    PriorityQueue<Instant> free = free(begun, now);
    for (int ahead = 0; ahead < order.size(); ahead++) {
      Place place = order.get(ahead);
      ModelId model = place.wish().model();
      Demand demand = demands.getOrDefault(model, Demand.NOTHING).and(place.wish().cost());
      demands.put(model, demand);
      Gate gate = gates.get(model);
      Duration budget =
          gate == null ? Duration.ZERO : gate.seen.eta(now, demand.tokens(), demand.questions());
      Instant room = now.plus(budget);
      Instant inside = free.remove();
      Instant goes = room.isAfter(inside) ? room : inside;
      free.add(goes.plus(pace.eta(1)));
      place.stands(new Place.Notice(ahead + 1, Duration.between(now, goes), now));
    }
  }

  /** When each place inside should be free. */
  private PriorityQueue<Instant> free(Collection<Instant> begun, Instant now) {
    PriorityQueue<Instant> free = new PriorityQueue<>();
    for (Instant since : begun) {
      Instant until = since.plus(pace.eta(1));
      free.add(until.isAfter(now) ? until : now);
    }
    while (free.size() < atOnce) {
      free.add(now);
    }
    return free;
  }

  /** What a place and all before it want of one model. */
  private record Demand(long tokens, int questions) {
    private static final Demand NOTHING = new Demand(0, 0);

    private Demand and(long cost) {
      return new Demand(tokens + cost, questions + 1);
    }
  }
}
