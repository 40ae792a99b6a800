package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.answers;
import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.end;
import static dev.groqchat.application.usecase.World.ref;
import static dev.groqchat.application.usecase.World.retry;
import static dev.groqchat.application.usecase.World.settings;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.FakeCatalog;
import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Script;
import dev.groqchat.application.fixtures.WordCounter;
import dev.groqchat.application.port.in.EditConversation.Edit;
import dev.groqchat.application.port.in.ReadContext;
import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.conversation.MessageRules.Draft;
import dev.groqchat.domain.conversation.Role;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnState;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model sees of a conversation, and what is told of that later. */
class ContextTest {
  private World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.assertAllEnded();
    world.close();
  }

  @Test
  void everythingSaidBeforeIsSentInOrder() {
    world.run("c", "one");
    world.run("c", "two");
    world.run("c", "three");

    assertThat(world.sentLast()).containsExactly("one", "re: one", "two", "re: two", "three");
    assertThat(world.fakes.model().questions().getLast().messages())
        .extracting(it -> it.role())
        .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
  }

  @Test
  void onlyTheNewestExchangesAreSent() {
    in(settings(2, null, 100));
    for (String text : List.of("one", "two", "three", "four")) {
      world.run("c", text);
    }

    assertThat(world.sentLast()).containsExactly("two", "re: two", "three", "re: three", "four");
  }

  @Test
  void withoutExchangesOnlyTheMessageIsSent() {
    in(settings(0, null, 100));
    world.run("c", "one");
    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("two");
  }

  /**
   * The new message takes 5, the reply 10 and 3, each exchange 11: see CountedMessage and
   * TokenBudget.
   */
  @ParameterizedTest
  @CsvSource({"40, 2", "39, 1", "29, 1", "28, 0", "18, 0"})
  void onlyWholeExchangesThatFitTheWindowAreSent(int window, int exchanges) {
    world.run("c", "one");
    world.run("c", "two");
    world.fakes.catalog().narrow(FakeCatalog.DEFAULT, window);
    world.run("c", "three");

    List<String> all = List.of("one", "re: one", "two", "re: two", "three");
    assertThat(world.sentLast()).isEqualTo(all.subList(4 - 2 * exchanges, 5));
  }

  @Test
  void whatIsBeforeAnExchangeThatDoesNotFitIsNotSentEither() {
    world.run("c", "one");
    world.fakes.model().then(answers("a very long reply that fits into no window at all"));
    world.run("c", "two");
    world.run("c", "three");
    world.fakes.catalog().narrow(FakeCatalog.DEFAULT, 45);
    world.run("c", "four");

    assertThat(world.sentLast()).containsExactly("three", "re: three", "four");
  }

  @Test
  void aMessageThatFitsNoWindowFailsUnasked() {
    world.fakes.catalog().narrow(FakeCatalog.DEFAULT, 17);

    Turn turn = world.run("c", "three");

    assertThat(end(turn).event())
        .isEqualTo(new TurnEvent.Failed(new Failure.PromptTooLarge(18, 17)));
    assertThat(world.fakes.model().questions()).isEmpty();
    assertThat(read(turn)).isEqualTo(new ReadContext.View(turn.id(), List.of(), List.of()));
  }

  @Test
  void theServicesSystemPromptComesFirstAndTakesRoom() {
    in(settings(20, "be brief", 100));
    world.run("c", "one");
    world.fakes.catalog().narrow(FakeCatalog.DEFAULT, 18 + 6 + 10);
    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("be brief", "two");
    assertThat(world.fakes.model().questions().getLast().messages().getFirst().role())
        .isEqualTo(Role.SYSTEM);
  }

  @Test
  void aConversationsOwnSystemPromptReplacesTheServices() {
    in(settings(20, "be brief", 100));
    world.useCases.createConversation().create(ALICE, World.id("c"), null, "be long");
    world.run("c", "one");
    assertThat(world.sentLast()).containsExactly("be long", "one");

    world.useCases.editConversation().edit(ALICE, World.id("c"), new Edit(null, " "));
    world.run("c", "two");
    assertThat(world.sentLast()).startsWith("be brief", "one");
  }

  @Test
  void whatFailedIsKeptButNotSent() {
    world.run("c", "one");
    world.fakes.model().then(script().says("half an ans"));
    world.run("c", "two");
    world.run("c", "three");

    assertThat(world.sentLast()).containsExactly("one", "re: one", "three");
    assertThat(world.fakes.turns().all()).hasSize(3);
  }

  @Test
  void whatWasStoppedIsSentIfItHasAText() throws Exception {
    stopped(script().says("half an answer"), "one");
    stopped(script().thinks("hm"), "two");
    world.run("c", "three");

    assertThat(world.sentLast()).containsExactly("one", "half an answer", "three");
  }

  @Test
  void turnsWithNothingToSendDoNotCrowdOutThoseThatHave() {
    in(settings(2, null, 100));
    world.run("c", "one");
    for (int failed = 0; failed < 7; failed++) {
      world.fakes.model().then(script());
      world.run("c", "failed");
    }
    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("one", "re: one", "two");
  }

  @ParameterizedTest
  @CsvSource({"1, 199, true", "1, 200, false", "20, 199, true", "30, 299, true", "30, 300, false"})
  void howFarItIsLookedBackPastFailedTurns(int maxExchanges, int failed, boolean seen) {
    in(settings(maxExchanges, null, 500));
    world.run("c", "one");
    for (int turn = 0; turn < failed; turn++) {
      world.fakes.model().then(script());
      world.run("c", "failed");
    }
    world.run("c", "two");

    assertThat(world.sentLast()).hasSize(seen ? 3 : 1);
  }

  @Test
  void aRetryAsksTheSameAgainAndIsNotSentWhatItRetries() {
    world.run("c", "one");
    Turn two = world.run("c", "two");
    Turn again = world.run(retry("c", two.id()));

    assertThat(world.sentLast()).containsExactly("one", "re: one", "two");
    assertThat(again.retryOf()).isEqualTo(two.id());
    assertThat(again.question().message().text()).isEqualTo("two");
  }

  @Test
  void aRetryMayAskSomethingElse() {
    Turn one = world.run("c", "one");
    world.run(
        new NewTurn(
            World.id("c"), new Said.Text("uno"), null, null, null, null, one.id(), null, false));

    assertThat(world.sentLast()).containsExactly("uno");
  }

  @Test
  void aRetryTakesThePlaceOfWhatItRetries() {
    Turn one = world.run("c", "one");
    world.fakes.model().then(answers("better"));
    world.run(retry("c", one.id()));
    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("one", "better", "two");
  }

  @Test
  void aChainOfRetriesLeavesItsLast() {
    Turn last = world.run("c", "one");
    for (String better : List.of("better", "even better", "best")) {
      world.fakes.model().then(answers(better));
      last = world.run(retry("c", last.id()));
      assertThat(world.sentLast()).containsExactly("one");
    }
    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("one", "best", "two");
  }

  @Test
  void aRetryThatFailedTakesNobodysPlace() {
    Turn one = world.run("c", "one");
    world.fakes.model().then(script().says("worse"));
    Turn failed = world.run(retry("c", one.id()));
    world.run("c", "two");
    assertThat(world.sentLast()).containsExactly("one", "re: one", "two");

    world.fakes.model().then(answers("better"));
    world.run(retry("c", failed.id()));
    assertThat(world.sentLast()).containsExactly("two", "re: two", "one");
    world.run("c", "three");
    assertThat(world.sentLast()).containsExactly("two", "re: two", "one", "better", "three");
  }

  @Test
  void ofSeveralRetriesOfOneTurnTheLastCounts() {
    Turn one = world.run("c", "one");
    world.fakes.model().then(answers("better")).then(answers("best"));
    world.run(retry("c", one.id()));
    world.run(retry("c", one.id()));
    assertThat(world.sentLast()).containsExactly("one");

    world.run("c", "two");

    assertThat(world.sentLast()).containsExactly("one", "best", "two");
  }

  @Test
  void onlyAnEndedTurnOfTheSameConversationCanBeRetried() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started open = world.start("c", "one");

    assertThatThrownBy(() -> world.start(retry("c", open.turn().id())))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.InvalidRequest.class));
    assertThatThrownBy(() -> world.start(retry("d", open.turn().id())))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn")));
    gate.open();
    World.drain(open.following());
  }

  @Test
  void severalMessagesAreTheContextAndOnlyTheLastIsStored() {
    world.run("c", "stored");
    Turn turn = world.run(transcript("a:lost", "u:one", "a:two", "u:three", "u:four"));

    assertThat(world.sentLast()).containsExactly("one", "two", "three", "four");
    assertThat(turn.question().message().text()).isEqualTo("four");

    world.run("c", "next");
    assertThat(world.sentLast())
        .containsExactly("stored", "re: stored", "four", "re: four", "next");
  }

  @Test
  void severalMessagesAreTrimmedLikeAHistory() {
    in(settings(1, "be brief", 100));
    world.run(transcript("u:one", "a:two", "u:three", "a:four", "u:five"));

    assertThat(world.sentLast()).containsExactly("be brief", "three", "four", "five");
  }

  @Test
  void oneMessageJoinsTheHistory() {
    world.run("c", "one");
    world.run(transcript("u:two"));

    assertThat(world.sentLast()).containsExactly("one", "re: one", "two");
  }

  @Test
  void whatWasCountedIsNotCountedAgain() {
    for (String text : List.of("one", "two", "three", "four")) {
      world.run("c", text);
    }

    List<String> counted = world.fakes.tokens().counted();
    for (String text : List.of("one", "re: one", "two", "re: two", "three", "re: three", "four")) {
      assertThat(Collections.frequency(counted, text)).as(text).isEqualTo(1);
    }
  }

  @Test
  void aModelWithAnotherEncodingCountsForItself() {
    Turn first = world.run("c", "one");
    // Twice the words: 2 + 4 for the new message, 13 for the rest, 6 + 8 for the exchange.
    world.fakes.catalog().narrow(FakeCatalog.ESTIMATED, 6 + 13 + 14);
    world.run(wish("c", "two", FakeCatalog.ESTIMATED));
    assertThat(world.sentLast()).containsExactly("one", "re: one", "two");

    world.fakes.catalog().narrow(FakeCatalog.ESTIMATED, 6 + 13 + 13);
    world.run(wish("c", "three", FakeCatalog.ESTIMATED));
    assertThat(world.sentLast()).containsExactly("three");
    assertThat(first.question().count().encoding()).isEqualTo(WordCounter.EXACT);
  }

  @Test
  void whatWasSentAndWhatWasNotCanBeRead() {
    in(settings(1, "be brief", 100));
    Turn one = world.run("c", "one");
    Turn two = world.run("c", "two");
    Turn three = world.run("c", "three");
    world.run("c", "four");

    ReadContext.View view = read(three);

    assertThat(texts(view.sent())).containsExactly("be brief", "two", "re: two", "three");
    assertThat(view.sent())
        .extracting(it -> it.turn())
        .containsExactly(null, two.id(), two.id(), three.id());
    assertThat(view.sent())
        .extracting(it -> it.message().count().tokens())
        .containsExactly(2, 1, 2, 1);
    assertThat(texts(view.dropped())).containsExactly("one", "re: one");
    assertThat(view.dropped()).extracting(it -> it.turn()).containsExactly(one.id(), one.id());
  }

  @Test
  void whatATranscriptSentCanBeRead() {
    world.run("c", "stored");
    Turn turn = world.run(transcript("u:one", "a:two", "u:three"));

    ReadContext.View view = read(turn);

    assertThat(texts(view.sent())).containsExactly("one", "two", "three");
    assertThat(view.sent()).extracting(it -> it.turn()).containsExactly(null, null, turn.id());
    assertThat(view.dropped()).isEmpty();
  }

  @Test
  void whoseTranscriptDidNotFitHasDroppedNothingOfTheHistory() {
    in(settings(0, "be brief", 100));
    world.run("c", "stored");
    Turn turn = world.run(transcript("u:one", "a:two", "u:three"));

    ReadContext.View view = read(turn);

    assertThat(texts(view.sent())).containsExactly("be brief", "three");
    assertThat(view.dropped()).isEmpty();
  }

  @Test
  void aRetryOfATranscriptHasTheStoredHistoryUnlessItBringsOneAgain() {
    world.run("c", "stored");
    Turn turn = world.run(transcript("u:one", "a:two", "u:three"));

    world.run(retry("c", turn.id()));
    assertThat(world.sentLast()).containsExactly("stored", "re: stored", "three");

    Said again = transcript("u:uno", "a:due", "u:tre").said();
    world.run(new NewTurn(World.id("c"), again, null, null, null, null, turn.id(), null, false));
    assertThat(world.sentLast()).containsExactly("uno", "due", "tre");
  }

  @Test
  void aLongHistoryIsReadBackWhole() {
    in(settings(250, null, 300));
    for (int turn = 0; turn < 230; turn++) {
      world.run("c", "again");
    }
    Turn last = world.run("c", "last");

    assertThat(world.sentLast()).hasSize(2 * 230 + 1);
    assertThat(texts(read(last).sent())).isEqualTo(world.sentLast());
  }

  @Test
  void aTurnThatWaitsHasSeenNothingYet() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started first = world.start("c", "one");
    gate.awaitReached();
    Started second = world.start("c", "two");

    assertThat(world.useCases.readContext().read(ALICE, ref(second)))
        .isEqualTo(new ReadContext.View(second.turn().id(), List.of(), List.of()));
    gate.open();
    World.drain(first.following());
    World.drain(second.following());
  }

  @Test
  void nobodyReadsAnothersContext() {
    Turn turn = world.run("c", "one");

    assertThatThrownBy(() -> world.useCases.readContext().read(World.BOB, ref(turn)))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.NotFound("turn")));
  }

  private void in(TurnSettings settings) {
    world.close();
    world = new World(settings);
  }

  private void stopped(Script script, String text) throws InterruptedException {
    Gate gate = new Gate();
    world.fakes.model().then(script.waits(gate));
    Started started = world.start("c", text);
    gate.awaitReached();
    world.useCases.stopTurn().stop(ALICE, ref(started));
    assertThat(world.stored(started).state()).isInstanceOf(TurnState.Stopped.class);
    started.following().close();
  }

  private ReadContext.View read(Turn turn) {
    return world.useCases.readContext().read(ALICE, ref(turn));
  }

  private static List<String> texts(List<ReadContext.Part> parts) {
    return parts.stream().map(it -> it.message().message().text()).toList();
  }

  private static NewTurn transcript(String... lines) {
    List<Draft> drafts =
        Arrays.stream(lines)
            .map(it -> new Draft(it.startsWith("u") ? "user" : "assistant", it.substring(2)))
            .toList();
    return wish("c", new Said.Transcript(List.copyOf(drafts)));
  }
}
