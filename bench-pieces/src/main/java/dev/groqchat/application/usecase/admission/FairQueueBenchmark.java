package dev.groqchat.application.usecase.admission;

import dev.groqchat.application.port.out.BudgetStore;
import dev.groqchat.bench.pieces.Piece;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ModelBudget;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Going through the queue, with an alarm that costs nothing and a budget without limits. */
public class FairQueueBenchmark extends Piece {
  private static final int CLIENTS = 10;
  private static final int WAITING = 100;
  private static final ModelId MODEL = new ModelId("openai/gpt-oss-120b");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final FairQueue free = queue(WAITING);
  private final FairQueue full = queue(1);
  private final List<Place> waiting = new ArrayList<>();
  private final Wish wish = wish(3);

  private static FairQueue queue(int atOnce) {
    return new FairQueue(
        new Rules(atOnce, 2 * WAITING, PATIENCE, Map.of(), 0),
        new NoLimits(),
        _ -> {},
        new Pace(),
        InstantSource.system(),
        (_, _) -> () -> {});
  }

  @Setup
  public void fill() throws InterruptedException {
    Permit _ = full.enter(wish(0)).await((_, _) -> {});
    for (int place = 0; place < WAITING; place++) {
      waiting.add(full.enter(wish(place % CLIENTS)));
    }
    check();
  }

  private void check() throws InterruptedException {
    try (Place place = free.enter(wish);
        Permit _ = place.await((_, _) -> {})) {
      require(1, free.inside());
    }
    Permit _ = enterAndLeave();
    require(0, free.inside());
    require(0, free.waiting());
    Place _ = leaveALongLine();
    require(1, full.inside());
    require(WAITING, full.waiting());
  }

  /** A place is free: in, and out again. */
  @Benchmark
  public Permit enterAndLeave() throws InterruptedException {
    try (Place place = free.enter(wish);
        Permit permit = place.await((_, _) -> {})) {
      return permit;
    }
  }

  /** A hundred of ten clients wait already: to the end of the line, and away. */
  @Benchmark
  public Place leaveALongLine() {
    try (Place place = full.enter(wish)) {
      return place;
    }
  }

  @TearDown
  public void empty() {
    waiting.forEach(Place::close);
  }

  private static Wish wish(int client) {
    return new Wish("client " + client, MODEL, "question", 1_000, PATIENCE, false);
  }

  /** What a provider leaves that has no limits. */
  private static final class NoLimits implements BudgetStore {
    private static final ModelBudget BUDGET =
        ModelBudget.UNKNOWN.answered(Instant.EPOCH, "question", ProviderLimits.UNSAID);

    @Override
    public <T> T edit(ModelId model, Function<ModelBudget, Edit<T>> change) {
      return change.apply(BUDGET).result();
    }
  }
}
