package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.StartTurn.NewTurn;
import dev.groqchat.application.port.in.StartTurn.Said;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.conversation.MessageRules.Draft;
import dev.groqchat.domain.conversation.Owner;
import dev.groqchat.domain.turn.OnDisconnect;
import dev.groqchat.domain.turn.TextDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells wishes for a turn apart, whatever key they come under, and questions to a model. Every
 * field goes in with its length: no two can read the same. Instances of different versions compare
 * theirs, so it must not depend on how a value happens to be printed.
 */
final class Fingerprint {
  private final StringBuilder fields = new StringBuilder();

  private Fingerprint() {}

  static String of(NewTurn wish) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(wish.conversation().value());
    fingerprint.addSaid(wish.said());
    fingerprint.add(wish.model() == null ? null : wish.model().value());
    fingerprint.add(wish.temperature());
    fingerprint.add(wish.maxTokens());
    fingerprint.addLeaving(wish.onDisconnect());
    fingerprint.add(wish.retryOf() == null ? null : wish.retryOf().value());
    return TextDigest.of(fingerprint.fields.toString()).sha256();
  }

  /** Stands for an owner and all that matters of a question, in which nothing can be read. */
  static String of(Owner owner, Question question) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(owner.name(), question.model().value());
    switch (question) {
      case Question.Composed composed -> fingerprint.addComposed(composed);
      // The number of fields tells it from the other, whose is even.
      case Question.Verbatim verbatim ->
          fingerprint.add("verbatim", verbatim.inPieces(), verbatim.words());
    }
    return TextDigest.of(fingerprint.fields.toString()).sha256();
  }

  private void addComposed(Question.Composed question) {
    add(question.temperature(), question.maxTokens());
    for (Message message : question.messages()) {
      add(message.role(), message.text());
    }
  }

  private void addSaid(@Nullable Said said) {
    switch (said) {
      case Said.Text(String text) -> add("text", text);
      case Said.Prompt(String text) -> add("prompt", text);
      case Said.Transcript(var messages) -> addTranscript(messages);
      case null -> add((Object) null);
    }
  }

  private void addTranscript(@Nullable List<@Nullable Draft> messages) {
    add("transcript", messages == null ? null : messages.size());
    if (messages != null) {
      for (Draft message : messages) {
        if (message == null) {
          add((Object) null);
        } else {
          add("message", message.role(), message.content());
        }
      }
    }
  }

  private void addLeaving(@Nullable OnDisconnect onDisconnect) {
    switch (onDisconnect) {
      case OnDisconnect.Continue _ -> add("continue");
      case OnDisconnect.Cancel _ -> add("cancel");
      case OnDisconnect.Grace(Duration patience) -> add("grace", patience.toNanos());
      case null -> add((Object) null);
    }
  }

  private void add(@Nullable Object... values) {
    for (Object value : values) {
      String text = value == null ? "" : value.toString();
      fields.append(value == null ? "-" : text.length()).append(':').append(text);
    }
  }
}
