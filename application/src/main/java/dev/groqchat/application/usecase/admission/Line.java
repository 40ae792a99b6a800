package dev.groqchat.application.usecase.admission;

import dev.groqchat.domain.model.ModelId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and in which order they go: in turn between clients, as often as their weights say;
 * first in, first out within one. Not thread-safe.
 *
 * <p>Each client with somebody waiting has a due time on a clock of its own, which moves on by
 * {@code 1 / weight} with each of its turns; the earliest is next (self-clocked fair queueing: S.
 * J. Golestani, 1994). Who comes, or comes back, begins one step from now: leaving gains nothing,
 * so that nobody needs to be remembered.
 */
final class Line {
  private static final Comparator<Client> EARLIEST =
      Comparator.comparingDouble((Client it) -> it.due).thenComparingLong(it -> it.since);

  private final ToIntFunction<String> weights;
  private final Map<String, Client> clients = new HashMap<>();
  private double now;
  private long arrivals;
  private int size;

  Line(ToIntFunction<String> weights) {
    this.weights = weights;
  }

  int size() {
    return size;
  }

  /** The last of its client or, if it was in before, the first, as if it had not been in. */
  void add(Place place) {
    boolean again = place.wish().again();
    Client client = clients.get(place.wish().client());
    if (client == null) {
      client = new Client(place.wish().client());
      client.due = again ? now : now + client.step;
      clients.put(client.name, client);
    } else if (again) {
      client.due -= client.step;
    }
    if (again) {
      client.waiting.addFirst(place);
    } else {
      client.waiting.addLast(place);
    }
    size++;
  }

  /** It leaves without having been let in. */
  void remove(Place place) {
    Client client = clients.get(place.wish().client());
    if (client != null && client.waiting.remove(place)) {
      size--;
      forgetIfEmpty(client);
    }
  }

  /** It is let in, and its client waits for its next turn. */
  void serve(Place place) {
    Client client = clients.get(place.wish().client());
    if (client != null && client.waiting.remove(place)) {
      size--;
      now = Math.max(now, client.due);
      client.due += client.step;
      forgetIfEmpty(client);
    }
  }

  private void forgetIfEmpty(Client client) {
    if (client.waiting.isEmpty()) {
      clients.remove(client.name);
    }
  }

  /**
   * Who goes next.
   *
   * @param free the models that nobody holds up
   * @return null if nobody waits for one of these
   */
  @Nullable Place next(Predicate<ModelId> free) {
    Client best = null;
    Place next = null;
    for (Client client : clients.values()) {
      if (best == null || EARLIEST.compare(client, best) < 0) {
        Place first = client.first(free);
        if (first != null) {
          best = client;
          next = first;
        }
      }
    }
    return next;
  }

  /**
   * Everybody, in the order in which they should go.
   *
   * @param chosen go before all others, since it is their turn already
   */
  List<Place> order(Collection<Place> chosen) {
    List<Place> order = new ArrayList<>(chosen);
    PriorityQueue<Forecast> next =
        new PriorityQueue<>(
            Comparator.comparingDouble((Forecast it) -> it.due)
                .thenComparingLong(it -> it.client.since));
    for (Client client : clients.values()) {
      Forecast forecast = new Forecast(client, chosen);
      if (forecast.rest.hasNext()) {
        next.add(forecast);
      }
    }
    while (!next.isEmpty()) {
      Forecast forecast = next.remove();
      order.add(forecast.rest.next());
      forecast.due += forecast.client.step;
      if (forecast.rest.hasNext()) {
        next.add(forecast);
      }
    }
    return order;
  }

  private final class Client {
    private final String name;
    private final double step;
    private final long since = arrivals++;
    private final Deque<Place> waiting = new ArrayDeque<>();
    private double due;

    Client(String name) {
      this.name = name;
      this.step = 1.0 / weights.applyAsInt(name);
    }

    @Nullable Place first(Predicate<ModelId> free) {
      for (Place place : waiting) {
        if (free.test(place.wish().model())) {
          return place;
        }
      }
      return null;
    }
  }

  /** How a client will fare, without touching it. */
  private static final class Forecast {
    private final Client client;
    private final Iterator<Place> rest;
    private double due;

    Forecast(Client client, Collection<Place> chosen) {
      this.client = client;
      List<Place> others = client.waiting.stream().filter(it -> !chosen.contains(it)).toList();
      this.rest = others.iterator();
      this.due = client.due + client.step * (client.waiting.size() - others.size());
    }
  }
}
