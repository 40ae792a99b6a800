package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ConversationStore;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.Telemetry;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.conversation.Conversation;
import dev.groqchat.domain.conversation.Message;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Encoding;
import dev.groqchat.domain.trimming.Exchange;
import dev.groqchat.domain.trimming.TokenBudget;
import dev.groqchat.domain.trimming.TokenCount;
import dev.groqchat.domain.trimming.TrimmingPolicy;
import dev.groqchat.domain.turn.SentContext;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what the model sees of a conversation. */
final class Contexts {
  private final ConversationStore conversations;
  private final History history;
  private final ModelCatalog catalog;
  private final TokenCounter tokens;
  private final Telemetry telemetry;
  private final TurnSettings settings;

  Contexts(Ports ports, TurnSettings settings) {
    this.conversations = ports.conversations();
    this.history = new History(ports.turns());
    this.catalog = ports.catalog();
    this.tokens = ports.tokens();
    this.telemetry = ports.telemetry();
    this.settings = settings;
  }

  /**
   * What a model is asked with for a turn.
   *
   * @param room the most tokens that the prompt and the reply may have together, even if the model
   *     holds more
   * @param transcript what the client brought instead of the stored history, with the question at
   *     its end; null for the history
   * @throws ChatException {@link Failure.PromptTooLarge}, {@link Failure.NotFound} if the
   *     conversation is gone
   */
  Context of(Turn turn, @Nullable List<Message> transcript, ModelId model, long room) {
    Encoding encoding = tokens.encodingOf(model);
    CountedMessage system = system(turn, encoding);
    long window = Math.min(room, catalog.describe(model).contextWindow());
    return transcript == null
        ? fromHistory(turn, system, encoding, window)
        : fromTranscript(
            turn, system, transcript.stream().map(m -> counted(m, encoding)).toList(), window);
  }

  /** A message and its size for a model. */
  CountedMessage counted(Message message, Encoding encoding) {
    return new CountedMessage(
        message, new TokenCount(tokens.count(encoding, message.text()), encoding));
  }

  private Context fromHistory(
      Turn turn, @Nullable CountedMessage system, Encoding encoding, long window) {
    List<Turn> earlier = history.before(turn, settings.maxExchanges());
    List<Exchange> exchanges =
        earlier.stream()
            .flatMap(it -> it.exchange().stream())
            .map(it -> recounted(it, encoding))
            .toList();
    List<CountedMessage> asked = List.of(recounted(turn.question(), encoding));
    noteSizes(turn, earlier, encoding);
    List<Exchange> kept = trimmed(turn, system, exchanges, asked, window);
    List<TurnId> sent =
        earlier.subList(earlier.size() - kept.size(), earlier.size()).stream()
            .map(Turn::id)
            .toList();
    return context(system, kept, asked, new SentContext(system, sent, null));
  }

  private void noteSizes(Turn turn, List<Turn> earlier, Encoding encoding) {
    Stream<CountedMessage> stored =
        Stream.concat(
            earlier.stream()
                .flatMap(it -> it.exchange().stream())
                .flatMap(it -> it.messages().stream()),
            Stream.of(turn.question()));
    Map<Boolean, Long> kept =
        stored.collect(
            Collectors.partitioningBy(
                it -> it.count().encoding().equals(encoding), Collectors.counting()));
    telemetry.note(
        new Telemetry.Fact.Sized(kept.getOrDefault(true, 0L), kept.getOrDefault(false, 0L)));
  }

  private Context fromTranscript(
      Turn turn, @Nullable CountedMessage system, List<CountedMessage> transcript, long window) {
    List<CountedMessage> asked = Exchange.unanswered(transcript);
    List<Exchange> kept = trimmed(turn, system, Exchange.split(transcript), asked, window);
    List<CountedMessage> before = new ArrayList<>();
    kept.forEach(exchange -> before.addAll(exchange.messages()));
    before.addAll(asked.subList(0, asked.size() - 1));
    return context(system, kept, asked, new SentContext(system, List.of(), before));
  }

  private List<Exchange> trimmed(
      Turn turn,
      @Nullable CountedMessage system,
      List<Exchange> exchanges,
      List<CountedMessage> asked,
      long window) {
    List<CountedMessage> fixed = new ArrayList<>(asked);
    if (system != null) {
      fixed.add(system);
    }
    TokenBudget budget = TokenBudget.after(window, turn.options().maxTokens(), fixed);
    return TrimmingPolicy.newest(settings.maxExchanges())
        .then(TrimmingPolicy.within(budget))
        .trim(exchanges);
  }

  private static Context context(
      @Nullable CountedMessage system,
      List<Exchange> kept,
      List<CountedMessage> asked,
      SentContext sent) {
    List<CountedMessage> all = new ArrayList<>();
    if (system != null) {
      all.add(system);
    }
    kept.forEach(exchange -> all.addAll(exchange.messages()));
    all.addAll(asked);
    return new Context(all, sent);
  }

  private @Nullable CountedMessage system(Turn turn, Encoding encoding) {
    Conversation conversation =
        conversations
            .find(turn.conversation())
            .orElseThrow(() -> new ChatException(new Failure.NotFound("conversation")));
    String own = conversation.system();
    String text = own == null ? settings.systemPrompt() : own;
    return text == null ? null : counted(Message.system(text), encoding);
  }

  /**
   * A kept count serves the models of its encoding; a turn with a model of another counts for
   * itself.
   */
  private CountedMessage recounted(CountedMessage message, Encoding encoding) {
    return message.count().encoding().equals(encoding)
        ? message
        : counted(message.message(), encoding);
  }

  private Exchange recounted(Exchange exchange, Encoding encoding) {
    return new Exchange(exchange.messages().stream().map(it -> recounted(it, encoding)).toList());
  }

  /** What is sent, oldest first, and the note that is kept of it. */
  record Context(List<CountedMessage> messages, SentContext sent) {
    List<Message> plain() {
      return messages.stream().map(CountedMessage::message).toList();
    }

    /** What the prompt should take of the model's window, in tokens. */
    long cost() {
      return messages.stream().mapToLong(CountedMessage::cost).sum();
    }
  }
}
