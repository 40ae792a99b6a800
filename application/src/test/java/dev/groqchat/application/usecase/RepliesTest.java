package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.refuses;
import static dev.groqchat.application.fixtures.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Background;
import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.FakeReplyCache;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.ScriptedModel;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Reuse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One question, asked once. */
class RepliesTest {
  private static final Owner ALICE = new Owner("alice");
  private static final Failure DOWN = new Failure.ModelUnavailable();

  private final ScriptedModel model = new ScriptedModel();
  private final FakeReplyCache cache = new FakeReplyCache();
  private final Replies replies = new Replies(cache);

  @AfterEach
  void nothingIsLeftOpen() {
    World.await(() -> model.open() == 0, "a stream is open");
    World.await(() -> replies.inFlight() == 0, "a question is in flight");
  }

  @Test
  void whatWasAnsweredBeforeIsAnsweredAgainUnasked() throws Exception {
    model.then(script().thinks("hm, ", "well").says("Grüß ", "🚀🚀").ends());

    Replies.Answer first = ask("hi");
    assertThat(first.reuse()).isEqualTo(Reuse.MISS);
    assertThat(text(first.reply())).isEqualTo("(hm, well)Grüß 🚀🚀.");

    Replies.Answer again = ask("hi");
    assertThat(again.reuse()).isEqualTo(Reuse.HIT);
    assertThat(text(again.reply())).isEqualTo("(hm, well)Grüß 🚀🚀.");
    assertThat(model.questions()).hasSize(1);
  }

  @Test
  void aReplyIsToldAgainInWholeCharacters() throws Exception {
    String text = "x" + "🚀".repeat(1000);
    model.then(answers(text));
    text(ask("hi").reply());

    List<Part> parts = ask("hi").reply().next();

    assertThat(parts).hasSizeGreaterThan(20);
    assertThat(parts)
        .allSatisfy(part -> {
          if (part instanceof Part.Text(String piece)) {
            assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
          }
        });
  }

  @Test
  void anotherOwnersReplyIsNobodyElses() throws Exception {
    text(ask(ALICE, question("hi", 0.0, 10)).reply());

    assertThat(text(ask(new Owner("bob"), question("hi", 0.0, 10)).reply())).isEqualTo("re: hi.");

    assertThat(model.questions()).hasSize(2);
  }

  @Test
  void whateverIsAskedDifferentlyIsAskedAnew() throws Exception {
    List<Question.Composed> all =
        List.of(
            question("hi", 0.0, 10),
            question("hi", null, 10),
            question("hi", 0.0, 11),
            question("ho", 0.0, 10),
            new Question.Composed(
                FakeCatalog.ESTIMATED, List.of(Message.user("hi")), 0.0, 10, "a request"),
            new Question.Composed(
                FakeCatalog.DEFAULT,
                List.of(Message.system("hi"), Message.user("hi")),
                0.0,
                10,
                "a request"),
            new Question.Composed(
                FakeCatalog.DEFAULT,
                List.of(Message.user("h"), Message.assistant("i"), Message.user("hi")),
                0.0,
                10,
                "a request"));
    for (Question.Composed question : all) {
      assertThat(ask(ALICE, question)).satisfies(it -> text(it.reply()));
    }
    assertThat(model.questions()).containsExactlyElementsOf(all);
    assertThat(cache.all().keySet()).allMatch(key -> key.matches("[0-9a-f]{64}"));
  }

  @Test
  void fiftyWhoAskTheSameAtOnceAreOneQuestion() throws Exception {
    Gate gate = new Gate();
    model.then(script().says("one ").waits(gate).says("answer").ends());
    List<Background<String>> asking = new ArrayList<>();
    ReplyStream first = ask("hi").reply();
    gate.awaitReached();
    for (int i = 0; i < 49; i++) {
      Replies.Answer joined = ask("hi");
      assertThat(joined.reuse()).isEqualTo(Reuse.JOINED);
      asking.add(Background.run(() -> text(joined.reply())));
    }
    gate.open();

    assertThat(text(first)).isEqualTo("one answer.");
    for (Background<String> it : asking) {
      assertThat(it.result()).isEqualTo("one answer.");
    }
    assertThat(model.questions()).hasSize(1);
  }

  @Test
  void whoAsksFirstMayLeaveWithoutTheOthers() throws Exception {
    Gate gate = new Gate();
    model.then(script().says("one ").waits(gate).says("answer").ends());
    ReplyStream first = ask("hi").reply();
    ReplyStream second = ask("hi").reply();
    gate.awaitReached();

    first.close();
    gate.open();

    assertThat(text(second)).isEqualTo("one answer.");
  }

  @Test
  void theLastToLeaveLeavesTheModel() throws Exception {
    Gate gate = new Gate();
    model.then(script().says("one ").waits(gate).says("answer").ends());
    ReplyStream first = ask("hi").reply();
    ReplyStream second = ask("hi").reply();
    gate.awaitReached();

    first.close();
    assertThat(model.open()).isOne();
    second.close();
    second.close();

    assertThat(model.open()).isZero();
    assertThat(replies.inFlight()).isZero();
    assertThat(cache.all()).isEmpty();
    assertThat(text(ask("hi").reply())).isEqualTo("re: hi.");
  }

  @Test
  void whoIsInterruptedWhileAskingLeavesTheOthersToAskThemselves() throws Exception {
    Gate gate = new Gate();
    model.then(answers("never").hesitates(gate));
    Background<String> first = Background.run(() -> text(ask("hi").reply()));
    gate.awaitReached();
    Background<String> second = Background.run(() -> text(ask("hi").reply()));
    second.untilItWaits();

    first.interrupt();

    assertThat(second.result()).isEqualTo("re: hi.");
    assertThatThrownBy(first::result).isInstanceOf(InterruptedException.class);
  }

  @Test
  void whoHasJoinedFailsWithTheFirst() throws Exception {
    Gate gate = new Gate();
    model.then(refuses(DOWN).hesitates(gate));
    model.then(answers("better"));
    Gate asked = new Gate();
    model.whenAsked(_ -> asked.pass());
    Background<String> first = Background.run(() -> text(ask("hi").reply()));
    asked.awaitReached();
    Background<String> second = Background.run(() -> text(ask("hi").reply()));
    second.untilItWaits();
    asked.open();

    for (Background<String> it : List.of(first, second)) {
      assertThatThrownBy(it::result).isInstanceOf(ChatException.class).hasMessage(DOWN.detail());
    }
    assertThat(text(ask("hi").reply())).isEqualTo("better.");
  }

  static Stream<Throwable> whatIsNoFailureOfTheModel() {
    return Stream.of(
        new ChatException(new Failure.TooBusy(Duration.ofSeconds(1))),
        new ChatException(new Failure.RateLimited(1, Duration.ofSeconds(1))),
        new ChatException(new Failure.StoreUnavailable(Duration.ofSeconds(1))),
        new ChatException(new Failure.ShuttingDown(Duration.ofSeconds(1))),
        new IllegalStateException("defect"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("whatIsNoFailureOfTheModel")
  void whoHasJoinedAsksItselfIfItWasNotTheModelThatFailed(Throwable failure) throws Exception {
    Gate gate = new Gate();
    Replies.Asking failing =
        () -> {
          gate.pass();
          throw rethrown(failure);
        };
    Background<String> first =
        Background.run(() -> {
          try {
            return text(ask(failing).reply());
          } catch (Throwable e) {
            return e.toString();
          }
        });
    gate.awaitReached();
    try (Background<String> second = Background.run(() -> text(ask("hi").reply()))) {
      second.untilItWaits();
      gate.open();

      assertThat(second.result()).isEqualTo("re: hi.");
    }
    assertThat(first.result()).isEqualTo(failure.toString());
    assertThat(model.questions()).hasSize(1);
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private Replies.Answer ask(Replies.Asking asking) throws InterruptedException {
    return replies.answer(ALICE, question("hi", 0.0, 10), asking, Stoppable.Wait::await);
  }

  @Test
  void aReplyThatBreaksOffIsNotKept() throws Exception {
    Gate gate = new Gate();
    model.then(script().says("half").waits(gate).fails(new Failure.ReplyCut()));
    ReplyStream first = ask("hi").reply();
    ReplyStream second = ask("hi").reply();
    gate.open();

    for (ReplyStream it : List.of(first, second)) {
      assertThatThrownBy(() -> text(it)).isInstanceOf(ChatException.class);
      it.close();
    }
    World.await(() -> replies.inFlight() == 0, "in flight");
    assertThat(cache.all()).isEmpty();
    assertThat(text(ask("hi").reply())).isEqualTo("re: hi.");
  }

  @Test
  void aDefectOfTheModelIsAFailureToAll() throws Exception {
    model.then(script().says("half").fails(new IllegalStateException("defect")));
    ReplyStream reply = ask("hi").reply();

    assertThatThrownBy(() -> text(reply))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(new Failure.Internal()));
    reply.close();
  }

  @Test
  void aReaderThatIsInterruptedIsToldSo() throws Exception {
    Gate gate = new Gate();
    model.then(script().waits(gate).ends());
    ReplyStream reply = ask("hi").reply();
    Background<List<Part>> reading = Background.run(reply::next);
    reading.untilItWaits();

    reading.interrupt();

    assertThatThrownBy(reading::result).isInstanceOf(InterruptedException.class);
    reply.close();
  }

  /** Whoever comes and goes whenever: each reader that stays gets all of it, and nothing leaks. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void readersComeAndGo(long seed) throws Exception {
    Random random = new Random(seed);
    Script script = script();
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      script.says(i + " ");
      whole.append(i).append(' ');
    }
    model.otherwise(_ -> script.ends());
    List<Background<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int leavesAfter = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(20);
      readers.add(Background.run(() -> readsAll(whole.toString(), leavesAfter)));
    }

    for (Background<Boolean> reader : readers) {
      assertThat(reader.result()).isTrue();
    }
  }

  private boolean readsAll(String whole, int leavesAfter) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    try (ReplyStream reply = ask("hi").reply()) {
      for (int i = 0; i < leavesAfter; i++) {
        List<Part> parts = reply.next();
        text.append(text(parts));
        if (parts.getLast() instanceof Part.End) {
          return text.toString().equals(whole + ".");
        }
      }
      return whole.startsWith(text.toString());
    }
  }

  private Replies.Answer ask(String text) throws InterruptedException {
    return ask(ALICE, question(text, 0.0, 10));
  }

  private Replies.Answer ask(Owner owner, Question question) throws InterruptedException {
    return replies.answer(owner, question, () -> model.answer(question), Stoppable.Wait::await);
  }

  private static Question.Composed question(
      String text, @Nullable Double temperature, int maxTokens) {
    return new Question.Composed(
        FakeCatalog.DEFAULT, List.of(Message.user(text)), temperature, maxTokens, "a request");
  }

  /** Reasoning in brackets, a full stop for the end. */
  private static String text(ReplyStream reply) throws InterruptedException {
    try (reply) {
      StringBuilder text = new StringBuilder();
      List<Part> parts;
      do {
        parts = reply.next();
        text.append(text(parts));
      } while (!(parts.getLast() instanceof Part.End));
      return text.toString().replace(")(", "");
    }
  }

  private static String text(List<Part> parts) {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Reasoning(String piece) -> "(" + piece + ")";
              case Part.Text(String piece) -> piece;
              case Part.Verbatim(String words) -> words;
              case Part.End _ -> ".";
            })
        .collect(Collectors.joining());
  }
}
