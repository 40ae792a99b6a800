package dev.groqchat.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.ChatModel;
import dev.groqchat.application.usecase.admission.VirtualTime;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.ProviderLimits;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Thirty people ask ten things each, of a provider with a small plan. */
class CrowdTest {
  private static final int PEOPLE = 30;
  private static final int TURNS = 10;
  private static final long LIMIT = 400;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final World world = new World(World.settings(List.of(), Duration.ofHours(3), 50), time);
  private final List<String> asked = new ArrayList<>();
  private final Instant begin = time.instant();
  private double level;
  private Instant counted = begin;
  private long taken;
  private int refused;

  @Test
  void everybodyIsServedInTurnAndNobodySeesTheProvidersLimit() {
    everythingIsUsedUp();
    world.fakes.model().otherwise(this::answer);
    List<Started> all = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      for (int person = 0; person < PEOPLE; person++) {
        Caller caller = World.caller("person-" + person);
        all.add(world.useCases.startTurn().start(caller, World.wish("c", "turn " + turn)));
      }
    }

    while (unserved() > 0) {
      World.await(this::allWait, "somebody neither waits nor is served");
      boolean _ = time.next();
    }
    all.forEach(it -> World.drain(it.following()));

    assertThat(world.fakes.turns().all())
        .extracting(Turn::state)
        .hasOnlyElementsOfType(TurnState.Finished.class);
    assertThat(refused).isZero();
    assertNearlyAllIsUsed();
    assertEverybodyHasWaitedAlike();
    world.assertAllEnded();
    world.close();
  }

  /** So that all are there before the first of them is served. */
  private void everythingIsUsedUp() {
    ProviderLimits.Window full = new ProviderLimits.Window(LIMIT, 0, WINDOW);
    world.fakes.model().then(Script.answers("no more").within(new ProviderLimits(full, null)));
    world.run("c", "what is left?");
    level = LIMIT;
  }

  private void assertNearlyAllIsUsed() {
    double windows = (double) Duration.between(begin, counted).toMillis() / WINDOW.toMillis();
    assertThat(windows).isGreaterThan(10);
    assertThat(taken).isGreaterThan((long) (0.9 * LIMIT * windows));
  }

  /** Mean places in the order in which all were served. */
  private void assertEverybodyHasWaitedAlike() {
    assertThat(asked).hasSize(PEOPLE * TURNS);
    Map<String, Double> mean =
        IntStream.range(0, asked.size())
            .boxed()
            .collect(Collectors.groupingBy(asked::get, Collectors.averagingInt(it -> it)));
    double best = mean.values().stream().mapToDouble(it -> it).min().orElseThrow();
    double worst = mean.values().stream().mapToDouble(it -> it).max().orElseThrow();
    assertThat(mean).hasSize(PEOPLE);
    assertThat((worst - best) / worst).isLessThan(0.2);
  }

  private long unserved() {
    return world.fakes.turns().all().stream()
        .filter(it -> !it.hasEnded())
        .map(it -> it.conversation().owner())
        .distinct()
        .count();
  }

  /** Nothing more happens by itself: each conversation's first turn is in the queue. */
  private boolean allWait() {
    return world.useCases.waitingTurns() == unserved();
  }

  private synchronized Script answer(ChatModel.Question.Composed question) {
    asked.add(question.requestId());
    long cost =
        question.maxTokens()
            + question.messages().stream()
                .mapToLong(it -> 4 + it.text().split(" ", -1).length)
                .sum();
    Instant now = time.instant();
    double ran = (double) Duration.between(counted, now).toNanos() * LIMIT / WINDOW.toNanos();
    level = Math.max(0, level - ran);
    counted = now;
    if (Math.ceil(level) + cost > LIMIT) {
      refused++;
      return Script.refuses(new Failure.ModelBusy(Duration.ofSeconds(1)));
    }
    level += cost;
    taken += cost;
    long used = (long) Math.ceil(level);
    Duration reset = WINDOW.multipliedBy(used).dividedBy(LIMIT);
    return Script.answers("a few words of an answer")
        .within(new ProviderLimits(new ProviderLimits.Window(LIMIT, LIMIT - used, reset), null));
  }
}
