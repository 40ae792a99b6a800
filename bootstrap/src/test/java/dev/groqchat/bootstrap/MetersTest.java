package dev.groqchat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.Telemetry.Fact;
import dev.groqchat.application.port.out.Telemetry.RelayEnd;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Encoding;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Reply;
import dev.groqchat.domain.turn.Reuse;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final ModelId OFFERED = new ModelId("openai/gpt-oss-120b");
  private static final ModelId ALSO_OFFERED = new ModelId("llama-3.1-8b-instant");
  private static final ModelId UNHEARD_OF = new ModelId("made/up");
  private static final Failure TIMEOUT =
      new Failure.ModelTimeout(Failure.ModelTimeout.Waiting.FIRST_TOKEN, Duration.ofSeconds(30));
  private static final Reply REPLY =
      new Reply(
          new CountedMessage(
              Message.assistant("a secret"), new TokenCount(2, new Encoding("o200k_base", true))),
          "");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry, new Catalog(List.of(OFFERED, ALSO_OFFERED)));

  @Test
  void whoIsRefusedIsCounted() {
    meters.note(new Fact.RateLimited());
    meters.note(new Fact.RateLimited());

    assertThat(count(Meters.RATE_LIMITED)).isEqualTo(2);
  }

  @Test
  void waitsAreTimedByWhatCameOfThem() {
    meters.note(new Fact.Waited(Duration.ofMillis(1_500), true));
    meters.note(new Fact.Waited(Duration.ofSeconds(60), false));
    meters.note(new Fact.Waited(Duration.ofSeconds(20), false));

    assertThat(timer(Meters.QUEUE_WAIT, "outcome", "admitted").totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(1_500);
    assertThat(timer(Meters.QUEUE_WAIT, "outcome", "left").count()).isEqualTo(2);
    assertThat(timer(Meters.QUEUE_WAIT, "outcome", "left").max(TimeUnit.SECONDS)).isEqualTo(60);
  }

  @Test
  void repliesAreCountedByWhereTheyCameFrom() {
    Stream.of(Reuse.HIT, Reuse.HIT, Reuse.MISS, Reuse.JOINED)
        .forEach(reuse -> meters.note(new Fact.Asked(reuse)));

    assertThat(count(Meters.REPLIES_ASKED, "reuse", "hit")).isEqualTo(2);
    assertThat(count(Meters.REPLIES_ASKED, "reuse", "miss")).isEqualTo(1);
    assertThat(count(Meters.REPLIES_ASKED, "reuse", "joined")).isEqualTo(1);
  }

  @Test
  void fallbacksAreCountedByTheirModels() {
    meters.note(new Fact.FellBack(OFFERED, ALSO_OFFERED, TIMEOUT));

    assertThat(
            count(
                Meters.FALLBACKS,
                "from",
                OFFERED.value(),
                "to",
                ALSO_OFFERED.value(),
                "failure",
                "model_timeout"))
        .isEqualTo(1);
  }

  @Test
  void aFinishedTurnIsTimedAndItsTokensAreCounted() {
    meters.note(new Fact.Ended(OFFERED, finished(new Usage(100, 20, true))));
    meters.note(new Fact.Ended(OFFERED, finished(new Usage(7, 3, false))));

    Timer turns =
        timer(Meters.TURNS, "model", OFFERED.value(), "outcome", "finished", "failure", "none");
    assertThat(turns.count()).isEqualTo(2);
    assertThat(turns.mean(TimeUnit.MILLISECONDS)).isEqualTo(1_200);
    assertThat(timer(Meters.FIRST_TOKEN, "model", OFFERED.value()).mean(TimeUnit.MILLISECONDS))
        .isEqualTo(250);
    assertThat(timer(Meters.OVERHEAD).mean(TimeUnit.MILLISECONDS)).isEqualTo(4);
    assertThat(count(Meters.TOKENS, "kind", "prompt", "source", "exact")).isEqualTo(100);
    assertThat(count(Meters.TOKENS, "kind", "completion", "source", "exact")).isEqualTo(20);
    assertThat(count(Meters.TOKENS, "kind", "prompt", "source", "estimated")).isEqualTo(7);
    assertThat(count(Meters.TOKENS, "kind", "completion", "source", "estimated")).isEqualTo(3);
  }

  @Test
  void aTurnThatWasStoppedOrFailedIsCountedAsThat() {
    meters.note(new Fact.Ended(OFFERED, new TurnState.Stopped(REPLY, true, timings(null), 2)));
    meters.note(new Fact.Ended(OFFERED, new TurnState.Failed(REPLY, TIMEOUT, timings(null), 2)));

    assertThat(timer(Meters.TURNS, "outcome", "stopped", "failure", "none").count()).isEqualTo(1);
    assertThat(timer(Meters.TURNS, "outcome", "failed", "failure", "model_timeout").count())
        .isEqualTo(1);
    assertThat(registry.find(Meters.FIRST_TOKEN).timer()).isNull();
    assertThat(registry.find(Meters.TOKENS).counter()).isNull();
  }

  @Test
  void relaysAreTimedAsTurnsAreAndTheirTokensAreCounted() {
    Stream.of(
            new RelayEnd.Whole(new Usage(100, 20, true)),
            new RelayEnd.Left(),
            new RelayEnd.Failed(TIMEOUT))
        .forEach(end ->
            meters.note(new Fact.Relayed(OFFERED, end, timings(Duration.ofMillis(250)), false)));

    assertThat(timer(Meters.RELAYS, "outcome", "finished", "failure", "none").count()).isOne();
    assertThat(timer(Meters.RELAYS, "outcome", "stopped", "failure", "none").count()).isOne();
    assertThat(timer(Meters.RELAYS, "outcome", "failed", "failure", "model_timeout").count())
        .isOne();
    assertThat(timer(Meters.FIRST_TOKEN, "model", OFFERED.value()).count()).isEqualTo(3);
    assertThat(timer(Meters.OVERHEAD).count()).isEqualTo(3);
    assertThat(count(Meters.TOKENS, "kind", "prompt", "source", "exact")).isEqualTo(100);
    assertThat(registry.find(Meters.TURNS).timer()).isNull();
  }

  @Test
  void whatARelayHasFromSomebodyElseIsNotCountedAgain() {
    RelayEnd whole = new RelayEnd.Whole(new Usage(100, 20, true));
    meters.note(new Fact.Relayed(OFFERED, whole, timings(Duration.ofMillis(250)), true));

    assertThat(timer(Meters.RELAYS, "outcome", "finished", "failure", "none").count()).isOne();
    assertThat(registry.find(Meters.TOKENS).counter()).isNull();
    assertThat(registry.find(Meters.FIRST_TOKEN).timer()).isNull();
  }

  @Test
  void messagesAreCountedByWhereTheirSizeCameFrom() {
    meters.note(new Fact.Sized(5, 1));
    meters.note(new Fact.Sized(7, 0));

    assertThat(count(Meters.MESSAGES_SIZED, "size", "kept")).isEqualTo(12);
    assertThat(count(Meters.MESSAGES_SIZED, "size", "counted")).isEqualTo(1);
  }

  @Test
  void whatTheProviderSaysIsShownAsItSaidItLast() {
    meters.note(new Fact.Told(OFFERED, limits(8_000, 7_000)));
    meters.note(new Fact.Told(OFFERED, limits(8_000, 100)));
    meters.note(new Fact.Told(OFFERED, ProviderLimits.UNSAID));

    assertThat(
            registry.get(Meters.PROVIDER_REMAINING).tag("of", "tokens_per_minute").gauge().value())
        .isEqualTo(100);
    assertThat(registry.get(Meters.PROVIDER_LIMIT).tag("of", "tokens_per_minute").gauge().value())
        .isEqualTo(8_000);
    assertThat(registry.find(Meters.PROVIDER_LIMIT).tag("of", "requests_per_day").gauge()).isNull();
  }

  private static ProviderLimits limits(long limit, long remaining) {
    return new ProviderLimits(
        new ProviderLimits.Window(limit, remaining, Duration.ofSeconds(1)), null);
  }

  @Test
  void modelsThatAreNotOnOfferMakeNoMeters() {
    note1000Models();
    int before = registry.getMeters().size();
    note1000Models();

    assertThat(registry.getMeters()).hasSize(before);
    assertThat(tagValues()).contains("other").doesNotContain("made/up-1");
    assertThat(timer(Meters.TURNS, "model", "other").count()).isEqualTo(2_000);
  }

  private void note1000Models() {
    for (int each = 0; each < 1_000; each++) {
      ModelId model = new ModelId(UNHEARD_OF + "-" + each);
      meters.note(new Fact.Ended(model, finished(new Usage(1, 1, true))));
      meters.note(new Fact.FellBack(model, OFFERED, TIMEOUT));
      meters.note(new Fact.FellBack(OFFERED, model, TIMEOUT));
    }
  }

  @Test
  void ofAVeryLongListOnlyTheFirstModelsHaveTheirOwnMeters() {
    List<ModelId> many =
        IntStream.range(0, 150).mapToObj(it -> new ModelId("model-" + it)).toList();
    Meters ofMany = new Meters(registry, new Catalog(many));

    many.forEach(it -> ofMany.note(new Fact.Ended(it, finished(new Usage(1, 1, true)))));

    assertThat(registry.find(Meters.TURNS).timers()).hasSize(101);
    assertThat(timer(Meters.TURNS, "model", "other").count()).isEqualTo(50);
  }

  @Test
  void noTextAndNothingOfAClientIsInAnyTag() {
    meters.note(new Fact.Ended(OFFERED, finished(new Usage(1, 1, true))));
    meters.note(
        new Fact.Ended(
            OFFERED,
            new TurnState.Failed(
                REPLY, new Failure.InvalidRequest("field", "a secret"), timings(null), 1)));

    assertThat(tagValues())
        .containsOnly(
            OFFERED.value(),
            "finished",
            "failed",
            "none",
            "invalid_request",
            "prompt",
            "completion",
            "exact");
  }

  private List<String> tagValues() {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> !id.getName().endsWith(".histogram"))
        .flatMap(id -> id.getTags().stream())
        .map(Tag::getValue)
        .distinct()
        .toList();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private Timer timer(String name, String... tags) {
    return registry.get(name).tags(tags).timer();
  }

  private static TurnState.Finished finished(Usage usage) {
    return new TurnState.Finished(
        REPLY, FinishReason.STOP, usage, timings(Duration.ofMillis(250)), 3);
  }

  private static Timings timings(@Nullable Duration firstToken) {
    return new Timings(
        Duration.ofMillis(5), firstToken, Duration.ofMillis(1_200), Duration.ofMillis(4));
  }

  private record Catalog(List<ModelId> offered) implements ModelCatalog {
    @Override
    public List<ModelInfo> models() {
      return offered.stream().map(this::describe).toList();
    }

    @Override
    public ModelInfo describe(ModelId model) {
      return new ModelInfo(model, "nobody", 1_000, 1_000);
    }
  }
}
