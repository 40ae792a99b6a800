package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.TurnOptions;
import java.time.Duration;

/** What a turn asks: as much of its conversation as a model has room for. */
final class TurnInquiry implements Inquiry {
  private final OpenTurn open;
  private final TurnWriter writer;
  private final Contexts contexts;

  TurnInquiry(OpenTurn open, TurnWriter writer, Contexts contexts) {
    this.open = open;
    this.writer = writer;
    this.contexts = contexts;
  }

  @Override
  public Caller caller() {
    return open.caller();
  }

  @Override
  public String id() {
    return open.turn().id().toString();
  }

  @Override
  public ModelId model() {
    return open.turn().options().model();
  }

  @Override
  public boolean reusable() {
    return open.asked().reusable();
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public Wording wording(ModelId model, long room) {
    Contexts.Context context = contexts.of(open.turn(), open.asked().transcript(), model, room);
    TurnOptions options = open.turn().options();
    Question question =
        new Question.Composed(
            model,
            context.plain(),
            options.temperature(),
            options.maxTokens(),
            caller().requestId());
    return new Wording(question, context.cost() + options.maxTokens(), () -> writer.asked(context));
  }

  @Override
  public void queued(int position, Duration eta) {
    writer.queued(position, eta);
  }
}
