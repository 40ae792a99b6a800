package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.port.Following;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Role;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients do everything at once; afterwards everything is as it must be. */
class StressTest {
  private static final int CLIENTS = 6;
  private static final int DEEDS = 60;
  private static final String DOOMED = "doomed";
  private static final List<String> CONVERSATIONS = List.of("a", "b", DOOMED);

  private final World world = new World();
  private final Gate never = new Gate();
  private final List<Started> started = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverClientsDoEveryTurnEndsOnceAndEveryPairIsStrict(long seed) throws Exception {
    Random chance = new Random(seed);
    world.fakes.model().otherwise(question -> anything(chance));
    try (world;
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        Client client = new Client(new Random(seed * 100 + number));
        all.add(clients.submit(client::live));
      }
      for (Future<?> client : all) {
        client.get();
      }
      for (Started turn : started) {
        stop(turn);
      }
    }
    world.assertAllEnded();
    assertEveryJournalEndsOnce();
    assertThat(world.fakes.journal().followings()).isZero();
    assertStrictPairs();
  }

  private Script anything(Random chance) {
    return switch (chance.nextInt(8)) {
      case 0 -> refuses(new Failure.ModelBusy(Duration.ofMillis(1)));
      case 1 -> script().says("half").fails(new Failure.ReplyCut());
      case 2 -> script().says("some").waits(never);
      case 3 -> Script.answers("never").hesitates(never);
      case 4 -> script().thinks("hm").says("a", "b").says("c").fails(new IllegalStateException());
      default -> script().thinks("hm").says("a", "b").says("c").ends();
    };
  }

  private void assertEveryJournalEndsOnce() {
    for (TurnId turn : world.fakes.journal().turns()) {
      List<NumberedEvent> events = world.fakes.journal().events(turn);
      assertThat(events.stream().filter(NumberedEvent::ending)).hasSize(1);
      assertThat(events.getLast().ending()).isTrue();
      assertGapless(events);
    }
  }

  private static void assertGapless(List<NumberedEvent> events) {
    if (!events.isEmpty()) {
      long first = events.getFirst().seq();
      assertThat(events)
          .extracting(NumberedEvent::seq)
          .containsExactlyElementsOf(
              LongStream.range(first, first + events.size()).boxed().toList());
    }
  }

  private void assertStrictPairs() {
    for (String conversation : CONVERSATIONS) {
      if (!conversation.equals(DOOMED)) {
        // A deleted conversation's last stream may still be closing when the next one begins.
        assertThat(world.fakes.model().mostAtOnce(conversation)).isLessThanOrEqualTo(1);
      }
      List<TurnId> usable = new ArrayList<>();
      for (Turn turn : turnsOf(conversation)) {
        if (turn.context() != null) {
          int from = Math.max(0, usable.size() - world.settings.maxExchanges());
          assertThat(turn.context().history()).isEqualTo(usable.subList(from, usable.size()));
        }
        turn.exchange().ifPresent(it -> usable.add(turn.id()));
      }
    }
    world.fakes.model().questions().forEach(question -> assertAlternating(question.messages()));
  }

  private List<Turn> turnsOf(String conversation) {
    return world.fakes.turns().all().stream()
        .filter(turn -> turn.conversation().id().equals(id(conversation)))
        .toList();
  }

  private static void assertAlternating(List<Message> messages) {
    for (int place = 0; place < messages.size(); place++) {
      assertThat(messages.get(place).role()).isEqualTo(place % 2 == 0 ? Role.USER : Role.ASSISTANT);
    }
    assertThat(messages.size() % 2).isOne();
  }

  private static Caller caller(String conversation) {
    // So that the model can tell the conversations apart.
    return new Caller(new Owner("alice"), "alice", null, conversation);
  }

  private void stop(Started turn) throws InterruptedException {
    try {
      String conversation = turn.turn().conversation().id().value();
      assertThat(world.useCases.stopTurn().stop(caller(conversation), World.ref(turn)).status())
          .isIn("finished", "stopped", "failed");
    } catch (ChatException e) {
      assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn"));
    }
  }

  /** One who starts, follows, leaves, stops and deletes as chance has it. */
  private final class Client {
    private final Random random;
    private final List<Following> followings = new ArrayList<>();

    Client(Random random) {
      this.random = random;
    }

    Void live() throws InterruptedException {
      for (int deed = 0; deed < DEEDS; deed++) {
        try {
          act();
        } catch (ChatException e) {
          assertThat(e.failure()).isInstanceOf(Failure.NotFound.class);
        }
      }
      followings.forEach(Following::close);
      return null;
    }

    private void act() throws InterruptedException {
      int deed = random.nextInt(20);
      if (deed < 8 || started.isEmpty()) {
        start();
      } else if (deed < 11) {
        follow();
      } else if (deed < 14) {
        read();
      } else if (deed < 16) {
        leave();
      } else if (deed < 19) {
        stop(any(started));
      } else {
        world.useCases.deleteConversation().delete(caller(DOOMED), id(DOOMED));
      }
    }

    private void start() {
      String conversation = any(CONVERSATIONS);
      OnDisconnect leaving =
          any(
              List.of(
                  new OnDisconnect.Cancel(),
                  new OnDisconnect.Continue(),
                  new OnDisconnect.Grace(Duration.ZERO),
                  new OnDisconnect.Grace(Duration.ofMillis(random.nextInt(5)))));
      // Some send what others send, too: then they attach to the same turn.
      String key = random.nextInt(3) == 0 ? conversation + leaving + random.nextInt(3) : null;
      NewTurn wish =
          new NewTurn(
              id(conversation), new Said.Text("hi"), null, null, null, leaving, null, key, false);
      Started turn = world.useCases.startTurn().start(caller(conversation), wish);
      started.add(turn);
      followings.add(turn.following());
    }

    private void follow() {
      TurnRef turn = World.ref(any(started));
      followings.add(world.useCases.followTurn().follow(caller("?"), turn, random.nextInt(4)));
    }

    private void read() throws InterruptedException {
      if (!followings.isEmpty()) {
        assertGapless(any(followings).next(Duration.ofMillis(random.nextInt(2))));
      }
    }

    private void leave() {
      if (!followings.isEmpty()) {
        followings.remove(random.nextInt(followings.size())).close();
      }
    }

    private <T> T any(List<T> things) {
      return Objects.requireNonNull(things.get(random.nextInt(things.size())));
    }
  }
}
