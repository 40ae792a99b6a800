package dev.groqchat.bootstrap;

import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.Telemetry.RelayEnd;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.traffic.ProviderLimits.Window;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what happens. What a meter is tagged with comes from closed lists, and models
 * from the catalogue: a client can neither make a meter nor be told from another one by it. The
 * meters are explained in {@code docs/operations.md}.
 */
final class Meters implements Telemetry {
  static final String RATE_LIMITED = "groqchat.rate.limited";
  static final String QUEUE_WAIT = "groqchat.queue.wait";
  static final String REPLIES_ASKED = "groqchat.replies.asked";
  static final String FALLBACKS = "groqchat.fallbacks";
  static final String TURNS = "groqchat.turns";
  static final String RELAYS = "groqchat.relays";
  static final String FIRST_TOKEN = "groqchat.first.token";
  static final String OVERHEAD = "groqchat.overhead";
  static final String TOKENS = "groqchat.tokens";
  static final String MESSAGES_SIZED = "groqchat.messages.sized";
  static final String PROVIDER_REMAINING = "groqchat.provider.remaining";
  static final String PROVIDER_LIMIT = "groqchat.provider.limit";

  /** Of a catalogue with hundreds, the rest is {@link Words#OTHER}. */
  private static final int MOST_MODELS = 100;

  private static final Duration[] WAITS = millis(10, 100, 1_000, 5_000, 15_000, 30_000, 60_000);
  private static final Duration[] TURN_TIMES = millis(250, 1_000, 2_500, 5_000, 15_000, 60_000);
  private static final Duration[] FIRST_TOKENS =
      millis(50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000, 30_000);
  private static final Duration[] OVERHEADS = millis(1, 2, 5, 10, 25, 50, 100, 250, 1_000);

  private final MeterRegistry registry;
  private final ModelCatalog catalog;

  /** A few for each model that has a name here. */
  private final Map<String, AtomicLong> levels = new ConcurrentHashMap<>();

  Meters(MeterRegistry registry, ModelCatalog catalog) {
    this.registry = registry;
    this.catalog = catalog;
  }

  @Override
  public void note(Fact fact) {
    switch (fact) {
      case Fact.RateLimited _ -> count(RATE_LIMITED, Tags.empty(), 1);
      case Fact.Waited(Duration time, boolean admitted) ->
          time(QUEUE_WAIT, Tags.of("outcome", admitted ? "admitted" : "left"), time, WAITS);
      case Fact.Asked asked -> count(REPLIES_ASKED, Tags.of("reuse", asked.reuse().word()), 1);
      case Fact.FellBack fell ->
          count(
              FALLBACKS,
              Tags.of(
                  "from",
                  name(fell.from()),
                  "to",
                  name(fell.to()),
                  "failure",
                  Words.of(fell.why())),
              1);
      case Fact.Ended(ModelId model, TurnState.Ended end) -> ended(name(model), end);
      case Fact.Relayed relayed -> relayed(name(relayed.model()), relayed);
      case Fact.Told(ModelId model, ProviderLimits limits) -> told(name(model), limits);
      case Fact.Sized(long kept, long counted) -> {
        count(MESSAGES_SIZED, Tags.of("size", "kept"), kept);
        count(MESSAGES_SIZED, Tags.of("size", "counted"), counted);
      }
    }
  }

  private void ended(String model, TurnState.Ended end) {
    Tags ofModel = Tags.of("model", model);
    took(TURNS, ofModel.and("outcome", end.word(), "failure", failure(end)), end.timings());
    begun(ofModel, end.timings());
    if (end instanceof TurnState.Finished finished) {
      used(ofModel, finished.usage());
    }
  }

  /** In the same words as turns. */
  private void relayed(String model, Fact.Relayed relayed) {
    Tags ofModel = Tags.of("model", model);
    Tags outcome =
        switch (relayed.end()) {
          case RelayEnd.Whole _ -> Tags.of("outcome", "finished", "failure", "none");
          case RelayEnd.Left _ -> Tags.of("outcome", "stopped", "failure", "none");
          case RelayEnd.Failed(Failure why) ->
              Tags.of("outcome", "failed", "failure", Words.of(why));
        };
    took(RELAYS, ofModel.and(outcome), relayed.timings());
    if (relayed.reused()) {
      return; // What the model has used, and how soon it began, is said of whoever asked it.
    }
    begun(ofModel, relayed.timings());
    if (relayed.end() instanceof RelayEnd.Whole(Usage usage)) {
      used(ofModel, usage);
    }
  }

  private void took(String what, Tags outcome, Timings timings) {
    time(what, outcome, timings.total(), TURN_TIMES);
    time(OVERHEAD, Tags.empty(), timings.overhead(), OVERHEADS);
  }

  private void begun(Tags ofModel, Timings timings) {
    if (timings.firstToken() != null) {
      time(FIRST_TOKEN, ofModel, timings.firstToken(), FIRST_TOKENS);
    }
  }

  private void told(String model, ProviderLimits limits) {
    level(model, "tokens_per_minute", limits.tokens());
    level(model, "requests_per_day", limits.requests());
  }

  private void level(String model, String of, @Nullable Window window) {
    if (window != null) {
      Tags tags = Tags.of("model", model, "of", of);
      level(PROVIDER_REMAINING, tags).set(window.remaining());
      level(PROVIDER_LIMIT, tags).set(window.limit());
    }
  }

  private AtomicLong level(String name, Tags tags) {
    return levels.computeIfAbsent(
        name + tags,
        _ -> {
          AtomicLong level = new AtomicLong();
          Gauge.builder(name, level, AtomicLong::get).tags(tags).register(registry);
          return level;
        });
  }

  private void used(Tags ofModel, Usage usage) {
    Tags tags = ofModel.and("source", usage.exact() ? "exact" : "estimated");
    count(TOKENS, tags.and("kind", "prompt"), usage.promptTokens());
    count(TOKENS, tags.and("kind", "completion"), usage.completionTokens());
  }

  private void count(String name, Tags tags, long amount) {
    registry.counter(name, tags).increment((double) amount);
  }

  private void time(String name, Tags tags, Duration time, Duration[] buckets) {
    Timer.builder(name).tags(tags).serviceLevelObjectives(buckets).register(registry).record(time);
  }

  private String name(ModelId model) {
    return Words.of(model, catalog, MOST_MODELS);
  }

  private static String failure(TurnState.Ended end) {
    return switch (end) {
      case TurnState.Failed failed -> Words.of(failed.failure());
      case TurnState.Finished _, TurnState.Stopped _ -> "none";
    };
  }

  private static Duration[] millis(long... all) {
    return LongStream.of(all).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
