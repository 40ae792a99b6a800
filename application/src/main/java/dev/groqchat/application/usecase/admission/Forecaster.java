package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.model.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells everybody who waits how long that may take: until enough places inside are given back, at
 * the pace of late, or until the provider's budget has room for all before it and for itself,
 * whichever is later.
 */
final class Forecaster {
  private final Rules rules;
  private final Pace pace;

  Forecaster(Rules rules, Pace pace) {
    this.rules = rules;
    this.pace = pace;
  }

  void forecast(List<Place> order, Map<ModelId, Gate> gates, int inside, Instant now) {
    Map<ModelId, Demand> demands = new HashMap<>();
    for (int ahead = 0; ahead < order.size(); ahead++) {
      Place place = order.get(ahead);
      ModelId model = place.wish().model();
      Demand demand = demands.getOrDefault(model, Demand.NOTHING).and(place.wish().cost());
      demands.put(model, demand);
      Gate gate = gates.get(model);
      Duration budget =
          gate == null ? Duration.ZERO : gate.seen.eta(now, demand.tokens(), demand.questions());
      Duration inWay = placeFree(ahead + 1 - (rules.atOnce() - inside));
      Duration eta = budget.compareTo(inWay) > 0 ? budget : inWay;
      place.stands(new Place.Notice(ahead + 1, eta, now));
    }
  }

  /** How long until so many places are given back. */
  private Duration placeFree(int places) {
    return places <= 0 ? Duration.ZERO : pace.eta(places).dividedBy(rules.atOnce());
  }

  /** What a place and all before it want of one model. */
  private record Demand(long tokens, int questions) {
    private static final Demand NOTHING = new Demand(0, 0);

    private Demand and(long cost) {
      return new Demand(tokens + cost, questions + 1);
    }
  }
}
