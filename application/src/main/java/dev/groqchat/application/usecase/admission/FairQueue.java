package dev.groqchat.application.usecase.admission;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.Taking;
import dev.groqchat.domain.traffic.Taking.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one queue that all turns go through: bounded, fair between clients, and open only as far as
 * there are places inside and room in the provider's budget. Thread-safe.
 *
 * <p>Has no thread of its own: whoever comes, leaves or gives something back lets in those that may
 * go now, and asks the store of the budgets for them; so does the alarm. The store is never called
 * under the lock.
 *
 * <p>Longer than a class should be: what is decided here is decided under one lock.
 */
public final class FairQueue {
  /** Who is let in within this is not told of a wait; and nobody is told more often. */
  static final Duration BETWEEN_NOTICES = Duration.ofMillis(100);

  /** What whoever is turned away should wait at least. */
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  private final Rules rules;
  private final Budgets budgets;
  private final Telemetry telemetry;
  private final Forecaster forecaster;
  private final InstantSource clock;
  private final Alarm alarm;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Line line;
  private final Map<ModelId, Gate> gates = new LinkedHashMap<>();
  private final Map<Permit, Instant> inside = new HashMap<>();
  private int asked;
  private boolean noticing;

  /**
   * An empty queue.
   *
   * @param pace of the turns that were let in, as far as others know it
   * @param alarm its thread asks the store of the budgets now and then
   */
  public FairQueue(
      Rules rules,
      BudgetStore budgets,
      Telemetry telemetry,
      Pace pace,
      InstantSource clock,
      Alarm alarm) {
    this.rules = rules;
    this.budgets = new Budgets(budgets, clock, rules.perMinute());
    this.telemetry = telemetry;
    this.forecaster = new Forecaster(rules.atOnce(), pace);
    this.clock = clock;
    this.alarm = alarm;
    this.line = new Line(rules::weight);
  }

  /** How many wait. */
  public int waiting() {
    return locked(line::size);
  }

  /** How many are inside. */
  public int inside() {
    return locked(inside::size);
  }

  /**
   * Takes a place. Does not wait.
   *
   * @throws NeverFits if it had to wait, and is known to be too large already
   * @throws ChatException {@link Failure.TooBusy} if there is none
   */
  public Place enter(Wish wish) {
    Place place = locked(() -> placed(wish));
    proceed();
    return place;
  }

  private Place placed(Wish wish) {
    if (line.size() + inside.size() >= rules.places()) {
      throw new ChatException(new Failure.TooBusy(SHORTEST_RETRY));
    }
    if (line.size() > 0 || inside.size() + asked >= rules.atOnce()) {
      requireRoom(wish);
    }
    Place place = new Place(this, wish, clock.instant(), lock.newCondition());
    line.add(place);
    gates.computeIfAbsent(wish.model(), _ -> new Gate());
    place.patientUntil(alarm.after(wish.patience(), () -> tired(place)));
    return place;
  }

  /** What will never fit, as far as is known, does not wait for its turn only to hear that. */
  private void requireRoom(Wish wish) {
    Verdict.TooLarge never = budgets.seen(wish.model()).tooLarge(wish.cost());
    if (never != null) {
      throw new NeverFits(never.limit());
    }
  }

  /** Lets in all that may go now. */
  private void proceed() {
    Place next = locked(this::chosen);
    while (next != null) {
      Taking taking = budgets.take(next.wish());
      Place candidate = next;
      if (!locked(() -> decided(candidate, taking))) {
        budgets.note(candidate.wish().model(), it -> it.released(candidate.wish().id()));
      }
      next = locked(this::chosen);
    }
    locked(this::noticeSoon);
  }

  /** Whoever the budget is to be asked for next, with a place inside kept for it. */
  private @Nullable Place chosen() {
    if (inside.size() + asked >= rules.atOnce()) {
      return null;
    }
    Gate due = gates.values().stream().filter(Gate::due).findFirst().orElse(null);
    Place place = due == null ? line.next(it -> gate(it).free()) : due.head;
    if (place != null) {
      Gate gate = gate(place.wish().model());
      gate.head = place;
      gate.asking = true;
      gate.heard = false;
      asked++;
    }
    return place;
  }

  /** False if something was granted to somebody who is gone. */
  private boolean decided(Place place, Taking taking) {
    Gate gate = gate(place.wish().model());
    asked--;
    gate.asking = false;
    gate.seen = taking.budget();
    boolean gone = !place.waiting();
    if (taking.verdict() instanceof Verdict.Granted(boolean tracked) && !gone) {
      Permit permit = new Permit(this, place.wish(), tracked);
      inside.put(permit, clock.instant());
      line.serve(place);
      over(place, new Place.State.Admitted(permit));
      return true;
    }
    switch (taking.verdict()) {
      // What was decided before something was heard is out of date: it is asked again at once.
      case Verdict.Wait(Duration atLeast) when !gone -> {
        if (!gate.heard) {
          shut(gate, atLeast);
        }
      }
      case Verdict.TooLarge(long limit) when !gone -> {
        // It has had its turn, and gets it back when it comes again with less.
        line.serve(place);
        over(place, new Place.State.Refused(new NeverFits(limit)));
      }
      case Verdict.UsedUp(Duration retryAfter) when !gone ->
          dismiss(place, new ChatException(new Failure.ModelBusy(retryAfter)));
      case Verdict.Granted _, Verdict.Wait _, Verdict.TooLarge _, Verdict.UsedUp _ -> passed(place);
    }
    return !(taking.verdict() instanceof Verdict.Granted);
  }

  private void shut(Gate gate, Duration time) {
    Instant until = clock.instant().plus(time);
    gate.shut(until, alarm.after(time, () -> reopen(gate, until)));
  }

  private void reopen(Gate gate, Instant until) {
    boolean due =
        locked(() -> {
          boolean current = until.equals(gate.notBefore);
          if (current) {
            gate.open();
          }
          return current;
        });
    if (due) {
      proceed();
    }
  }

  /** Its patience is over. */
  private void tired(Place place) {
    locked(() -> {
      if (place.waiting()) {
        dismiss(place, new ChatException(new Failure.TooBusy(retryAfter(place))));
      }
      return true;
    });
    proceed();
  }

  private Duration retryAfter(Place place) {
    Place.Notice notice = place.latest();
    long seconds = notice == null ? 0 : notice.eta().plusMillis(999).toSeconds();
    return Duration.ofSeconds(
        Math.clamp(seconds, SHORTEST_RETRY.toSeconds(), Math.max(1, rules.patience().toSeconds())));
  }

  private void dismiss(Place place, RuntimeException why) {
    line.remove(place);
    over(place, new Place.State.Refused(why));
  }

  /** Leaves, or gives back what was granted and not taken. */
  void leave(Place place) {
    Place.State before =
        locked(() -> {
          Place.State state = place.state();
          if (place.waiting()) {
            line.remove(place);
            over(place, new Place.State.Over());
          } else {
            place.become(new Place.State.Over());
          }
          return state;
        });
    if (before instanceof Place.State.Admitted(Permit permit)) {
      permit.close();
    } else if (before instanceof Place.State.Waiting) {
      proceed();
    }
  }

  private void over(Place place, Place.State state) {
    place.become(state);
    Duration waited = Duration.between(place.since(), clock.instant());
    telemetry.note(new Telemetry.Fact.Waited(waited, state instanceof Place.State.Admitted));
    passed(place);
  }

  /** The gate is free for the next, unless the budget is just being asked for this one. */
  private void passed(Place place) {
    Gate gate = gate(place.wish().model());
    if (gate.head == place && !gate.asking) {
      gate.head = null;
      gate.open();
    }
    if (line.size() == 0) {
      gates.values().removeIf(Gate::free);
    }
  }

  private Gate gate(ModelId model) {
    return gates.computeIfAbsent(model, _ -> new Gate());
  }

  /** A permit is given back. */
  void free(Permit permit) {
    locked(() -> inside.remove(permit));
    proceed();
  }

  /** Something has become of a question: there may be room for others now. */
  void note(ModelId model, UnaryOperator<ModelBudget> change) {
    ModelBudget changed = budgets.note(model, change);
    if (locked(() -> heard(model, changed))) {
      proceed();
    }
  }

  /** Whether there is a gate to be opened for that. */
  private boolean heard(ModelId model, ModelBudget changed) {
    Gate gate = gates.get(model);
    if (gate == null) {
      return false;
    }
    gate.seen = changed;
    gate.heard = gate.asking;
    gate.open();
    return true;
  }

  private boolean noticeSoon() {
    if (!noticing && line.size() > 0) {
      noticing = true;
      Runnable _ = alarm.after(BETWEEN_NOTICES, () -> locked(this::notice));
    }
    return noticing;
  }

  /** Looks where everybody stands. */
  private boolean notice() {
    noticing = false;
    List<Place> heads =
        gates.values().stream()
            .map(it -> it.head)
            .filter(Objects::nonNull)
            .filter(Place::waiting)
            .toList();
    List<Place> order = line.order(heads);
    forecaster.forecast(order, gates, inside.values(), clock.instant());
    // Clients name models as they like: what nobody waits for is not remembered.
    Set<ModelId> wanted = order.stream().map(it -> it.wish().model()).collect(Collectors.toSet());
    gates.entrySet().removeIf(it -> it.getValue().free() && !wanted.contains(it.getKey()));
    return true;
  }

  Instant now() {
    return clock.instant();
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
