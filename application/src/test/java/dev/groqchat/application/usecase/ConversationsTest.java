package dev.groqchat.application.usecase;

import static dev.groqchat.application.fixtures.Script.script;
import static dev.groqchat.application.usecase.World.ALICE;
import static dev.groqchat.application.usecase.World.BOB;
import static dev.groqchat.application.usecase.World.drain;
import static dev.groqchat.application.usecase.World.id;
import static dev.groqchat.application.usecase.World.plain;
import static dev.groqchat.application.usecase.World.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.groqchat.application.fixtures.Gate;
import dev.groqchat.application.fixtures.Interference;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.EditConversation.Edit;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.StartTurn.Started;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.ConversationCursor;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.conversation.Page;
import dev.groqchat.domain.conversation.VisitorId;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations are begun, listed, read, changed and deleted by those whose they are. */
class ConversationsTest {
  private static final Caller NOBODY = new Caller(Owner.SHARED, "192.0.2.1", null, "request");
  private static final Caller BROWSER = visitor("browser");
  private static final Caller OTHER_BROWSER = visitor("other");

  private final World world = new World();

  @AfterEach
  void everyTurnEndsOnceAndLeavesNothingOpen() {
    world.close();
    world.assertAllEnded();
  }

  @Test
  void aConversationHasTheIdThatWasChosenForIt() {
    Conversation made = create(ALICE, "mine");

    assertThat(made.key()).isEqualTo(World.key(ALICE, "mine"));
    assertThat(read(ALICE, "mine").conversation()).isEqualTo(made);
    assertThat(read(ALICE, "mine").turns().items()).isEmpty();
  }

  @Test
  void aConversationWithoutAnIdGetsOneThatIsNew() {
    Conversation one = world.useCases.createConversation().create(ALICE, null, " Trip ", " ");
    Conversation other = world.useCases.createConversation().create(ALICE, null, " ", "be brief");

    assertThat(one.key()).isNotEqualTo(other.key());
    assertThat(one.title()).isEqualTo("Trip");
    assertThat(one.system()).isNull();
    assertThat(other.title()).isNull();
    assertThat(other.system()).isEqualTo("be brief");
  }

  @Test
  void anIdIsTakenOncePerOwner() {
    create(ALICE, "c");

    assertFailure(() -> create(ALICE, "c"), new Failure.AlreadyExists("conversation"));
    assertThat(create(BOB, "c").key().owner()).isEqualTo(BOB.owner());
  }

  @Test
  void aTurnSentToAnUnknownIdBeginsTheConversation() {
    world.run("c", "  How far is the moon?\nAnd back?");

    Conversation begun = read(ALICE, "c").conversation();
    assertThat(begun.title()).isEqualTo("How far is the moon?");
    assertFailure(() -> read(BOB, "c"), new Failure.NotFound("conversation"));
  }

  @Test
  void aConversationWithoutATitleTakesThatOfTheFirstMessageAndKeepsIt() {
    Conversation made = create(ALICE, "c");
    world.run("c", "first");
    world.run("c", "second");

    Conversation now = read(ALICE, "c").conversation();
    assertThat(now.title()).isEqualTo("first");
    assertThat(now.createdAt()).isEqualTo(made.createdAt());
    assertThat(now.updatedAt()).isAfter(made.updatedAt());
  }

  @Test
  void aConversationThatSomebodyElseBeginsAtTheSameMomentIsSpokenIn() {
    world
        .fakes
        .conversations()
        .interfere((operation, subject) -> {
          if (operation.equals("create")) {
            world.fakes.conversations().interfere((_, _) -> {});
            create(ALICE, "c");
          }
        });

    world.run("c", "hello");

    assertThat(read(ALICE, "c").conversation().title()).isEqualTo("hello");
    assertThat(read(ALICE, "c").turns().items()).hasSize(1);
  }

  @Test
  void aListIsReadPageByPageNewestFirst() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      create(ALICE, name);
    }
    create(BOB, "x");

    List<List<String>> pages = new ArrayList<>();
    ConversationCursor after = null;
    do {
      Page<Conversation, ConversationCursor> page =
          world.useCases.listConversations().list(ALICE, after, 2);
      pages.add(page.items().stream().map(it -> it.key().id().value()).toList());
      after = page.next();
    } while (after != null);

    assertThat(pages).containsExactly(List.of("e", "d"), List.of("c", "b"), List.of("a"));
  }

  @Test
  void inTheSharedSpaceABrowserSeesWhatItBeganItself() {
    create(BROWSER, "made");
    world.useCases.startTurn().start(BROWSER, wish("said", "hi")).following().close();
    create(OTHER_BROWSER, "others");
    create(NOBODY, "nobodys");

    assertThat(list(BROWSER)).containsExactly("said", "made");
    assertThat(list(OTHER_BROWSER)).containsExactly("others");
    assertThat(list(NOBODY)).isEmpty();
    // Whoever names an id has it.
    assertThat(read(NOBODY, "made").conversation().startedBy()).isEqualTo(BROWSER.visitor());
  }

  @Test
  void turnsAreReadPageByPageBackFromTheNewest() {
    for (String text : List.of("one", "two", "three")) {
      world.run("c", text);
    }

    ReadConversation.View newest = world.useCases.readConversation().read(ALICE, id("c"), null, 2);
    assertThat(questions(newest)).containsExactly("two", "three");
    assertThat(newest.turns().items())
        .extracting(ReadTurn.View::text)
        .containsExactly("re: two", "re: three");

    ReadConversation.View oldest =
        world.useCases.readConversation().read(ALICE, id("c"), newest.turns().next(), 2);
    assertThat(questions(oldest)).containsExactly("one");
    assertThat(oldest.turns().next()).isNull();
  }

  @Test
  void aConversationIsRenamedAndLosesItsName() {
    create(ALICE, "c");

    assertThat(edit(new Edit(" Trip ", null)).title()).isEqualTo("Trip");
    assertThat(edit(new Edit(null, "be brief")).title()).isEqualTo("Trip");
    assertThat(edit(new Edit(" ", null)).title()).isNull();
    assertThat(read(ALICE, "c").conversation().system()).isEqualTo("be brief");
    assertThat(edit(new Edit(null, "")).system()).isNull();
    assertThat(read(ALICE, "c").conversation()).isEqualTo(edit(new Edit(null, null)));
  }

  @Test
  void aRenameIsNotLostToATurnThatBeginsAtTheSameMoment() {
    create(ALICE, "c");
    amidTheNextEdit(() -> edit(new Edit("Trip", null)));

    world.run("c", "first");

    assertThat(read(ALICE, "c").conversation().title()).isEqualTo("Trip");
  }

  @Test
  void whatATurnChangesIsNotLostToAnEditAtTheSameMoment() {
    create(ALICE, "c");
    amidTheNextEdit(() -> world.run("c", "first"));

    edit(new Edit(null, "be brief"));

    assertThat(read(ALICE, "c").conversation().title()).isEqualTo("first");
    assertThat(read(ALICE, "c").conversation().system()).isEqualTo("be brief");
  }

  @Test
  void aTitleHasItsBound() {
    create(ALICE, "c");

    assertThatThrownBy(() -> edit(new Edit("x".repeat(201), null)))
        .isInstanceOf(ChatException.class);
    assertThat(read(ALICE, "c").conversation().title()).isNull();
  }

  @Test
  void nobodyChangesOrDeletesAnothersConversation() {
    create(ALICE, "c");

    assertFailure(
        () -> world.useCases.editConversation().edit(BOB, id("c"), new Edit("mine", null)),
        new Failure.NotFound("conversation"));
    assertThat(world.useCases.deleteConversation().delete(BOB, id("c"))).isFalse();
    assertThat(read(ALICE, "c").conversation().title()).isNull();
  }

  @Test
  void aDeletedConversationIsGoneWithItsTurns() {
    Turn turn = world.run("c", "hi");

    assertThat(world.useCases.deleteConversation().delete(ALICE, id("c"))).isTrue();
    assertThat(world.useCases.deleteConversation().delete(ALICE, id("c"))).isFalse();

    assertFailure(() -> read(ALICE, "c"), new Failure.NotFound("conversation"));
    assertFailure(
        () -> world.useCases.readTurn().read(ALICE, World.ref(turn)), new Failure.NotFound("turn"));
  }

  @Test
  void deletingStopsWhatRunsAndWhatWaitsAndFreesTheLine() {
    Gate gate = new Gate();
    world.fakes.model().then(script().says("Hel").waits(gate));
    Started running = world.start("c", "running");
    gate.awaitReached();
    Started waiting = world.start("c", "waiting");

    world.useCases.deleteConversation().delete(ALICE, id("c"));

    assertThat(plain(drain(running.following()))).endsWith(new TurnEvent.Stopped(3, true));
    assertThat(plain(drain(waiting.following()))).endsWith(new TurnEvent.Stopped(0, true));
    world.run("c", "new");
    assertThat(world.sentLast()).containsExactly("new");
    assertThat(read(ALICE, "c").turns().items()).hasSize(1);
  }

  @Test
  void deletingLeavesOthersConversationsOfTheSameNameAlone() {
    Gate gate = new Gate();
    world.fakes.model().then(script().waits(gate).ends());
    Started bobs = world.useCases.startTurn().start(BOB, wish("c", "hi"));
    gate.awaitReached();
    create(ALICE, "c");

    world.useCases.deleteConversation().delete(ALICE, id("c"));
    gate.open();

    assertThat(plain(drain(bobs.following()))).last().isInstanceOf(TurnEvent.Finished.class);
  }

  /** Whoever edits next has read what there is, and finds it changed. */
  private void amidTheNextEdit(Runnable deed) {
    world
        .fakes
        .conversations()
        .interfere((operation, _) -> {
          if (operation.equals("edit")) {
            world.fakes.conversations().interfere(Interference.NONE);
            deed.run();
          }
        });
  }

  private Conversation create(Caller caller, String name) {
    return world.useCases.createConversation().create(caller, id(name), null, null);
  }

  private Conversation edit(Edit edit) {
    return world.useCases.editConversation().edit(ALICE, id("c"), edit);
  }

  private ReadConversation.View read(Caller caller, String name) {
    return world.useCases.readConversation().read(caller, id(name), null, 10);
  }

  private List<String> list(Caller caller) {
    return world.useCases.listConversations().list(caller, null, 10).items().stream()
        .map(it -> it.key().id().value())
        .toList();
  }

  private static List<String> questions(ReadConversation.View view) {
    return view.turns().items().stream().map(it -> it.turn().question().message().text()).toList();
  }

  private static Caller visitor(String name) {
    return new Caller(Owner.SHARED, "192.0.2.1", new VisitorId(name), "request");
  }

  private static void assertFailure(ThrowingCallable call, Failure failure) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }
}
