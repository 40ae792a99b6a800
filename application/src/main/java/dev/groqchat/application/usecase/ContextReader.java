package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.ReadContext;
import dev.groqchat.application.port.in.TurnRef;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.turn.SentContext;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells what the model saw: from the note that was kept when it was asked, so that it stays true
 * whatever happens to the settings later.
 */
final class ContextReader implements ReadContext {
  /** How many turns are shown, unless more were sent. */
  private static final int MOST_TURNS = 200;

  private final OwnedTurns owned;
  private final History history;

  ContextReader(Ports ports) {
    this.owned = new OwnedTurns(ports);
    this.history = new History(ports.turns());
  }

  @Override
  public View read(Caller caller, TurnRef ref) {
    Turn turn = owned.find(caller, ref);
    SentContext context = turn.context();
    if (context == null) {
      return new View(turn.id(), List.of(), List.of());
    }
    List<CountedMessage> brought = context.transcript();
    return brought == null
        ? fromHistory(turn, context)
        : view(turn, context, brought.stream().map(it -> new Part(null, it)).toList(), List.of());
  }

  private View fromHistory(Turn turn, SentContext context) {
    Set<TurnId> included = new HashSet<>(context.history());
    List<Turn> earlier = history.before(turn, Math.max(MOST_TURNS, included.size()));
    return view(
        turn,
        context,
        parts(earlier.stream().filter(it -> included.contains(it.id()))),
        parts(earlier.stream().filter(it -> !included.contains(it.id()))));
  }

  private static View view(Turn turn, SentContext context, List<Part> before, List<Part> dropped) {
    List<Part> sent = new ArrayList<>();
    if (context.system() != null) {
      sent.add(new Part(null, context.system()));
    }
    sent.addAll(before);
    sent.add(new Part(turn.id(), turn.question()));
    return new View(turn.id(), sent, dropped);
  }

  private static List<Part> parts(Stream<Turn> turns) {
    return turns
        .flatMap(turn -> turn.exchange().stream().flatMap(it -> parts(turn, it.messages())))
        .toList();
  }

  private static Stream<Part> parts(Turn turn, List<CountedMessage> messages) {
    return messages.stream().map(message -> new Part(turn.id(), message));
  }
}
