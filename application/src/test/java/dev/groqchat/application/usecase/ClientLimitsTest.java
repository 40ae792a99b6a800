package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeRateLimits;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.traffic.Allowance;
import dev.groqchat.domain.turn.FinishReason;
import dev.groqchat.domain.turn.Usage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each client may start only so much. */
class ClientLimitsTest {
  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
  }

  @Test
  void whoIsOverItsLimitIsRefusedAndNothingIsStored() {
    world.fakes.limits().allow(1);
    world.run("c", "hi");

    assertThatThrownBy(() -> world.start("d", "one too many"))
        .isInstanceOfSatisfying(
            ChatException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(new Failure.RateLimited(1, FakeRateLimits.RETRY_AFTER)));

    assertThat(world.fakes.turns().all()).hasSize(1);
    assertThat(world.fakes.conversations().find(World.key(ALICE, "d"))).isEmpty();
    assertThat(world.fakes.journal().turns()).hasSize(1);
    World.await(() -> world.useCases.openTurns() == 0, "a place is not given back");
    assertThat(world.fakes.telemetry().facts(Telemetry.Fact.RateLimited.class)).hasSize(1);
    drain(world.useCases.startTurn().start(BOB, wish("c", "hi")).following());
  }

  @Test
  void whatIsLeftIsTold() {
    world.fakes.limits().allow(3);

    Started started = world.start("c", "hi");
    drain(started.following());

    assertThat(started.allowance()).isEqualTo(new Allowance(3, 2, FakeRateLimits.RETRY_AFTER));
  }

  @Test
  void whoAttachesTakesNothing() {
    world.fakes.limits().allow(1);
    NewTurn wish =
        new NewTurn(World.id("c"), new Said.Text("hi"), null, null, null, null, null, "key", false);
    drain(world.start(wish).following());

    drain(world.start(wish).following());

    assertThat(world.fakes.limits().requests("alice")).isOne();
  }

  @Test
  void aRequestThatBreaksARuleTakesNothing() {
    assertThatThrownBy(() -> world.start("c", "")).isInstanceOf(ChatException.class);

    assertThat(world.fakes.limits().requests("alice")).isZero();
  }

  @Test
  void tokensAreReservedAndSettledWithWhatWasUsed() {
    Gate gate = new Gate();
    world
        .fakes
        .model()
        .then(script().waits(gate).says("hi").ends(FinishReason.STOP, new Usage(7, 3, true)));
    Started started = world.start("c", "one two");
    gate.awaitReached();
    // Two words, four for the message, ten for the reply.
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(16);

    gate.open();
    drain(started.following());

    World.await(() -> world.useCases.openTurns() == 0, "it is still open");
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(10);
  }

  @Test
  void whoseReplyBrokeOffHasUsedWhatCame() {
    world.fakes.model().then(script().says("three words came").fails(new Failure.ReplyCut()));
    world.run("c", "hi");

    World.await(() -> world.useCases.openTurns() == 0, "it is still open");
    assertThat(world.fakes.limits().tokens("alice")).isEqualTo(5 + 3);
  }

  @Test
  void whatNobodyAnsweredIsGivenBack() {
    world.fakes.model().then(refuses(new Failure.ModelUnavailable()));
    world.run("c", "hi");

    World.await(() -> world.useCases.openTurns() == 0, "it is still open");
    assertThat(world.fakes.limits().tokens("alice")).isZero();
  }

  @Test
  void whatCouldNotBeStoredIsGivenBack() {
    world.watch((operation, subject) -> {
      if (operation.equals("add")) {
        throw new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1)));
      }
    });

    assertThatThrownBy(() -> world.start("c", "hi")).isInstanceOf(ChatException.class);

    assertThat(world.fakes.limits().tokens("alice")).isZero();
  }
}
