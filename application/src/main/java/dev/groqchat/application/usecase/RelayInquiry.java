package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.Caller;
import dev.groqchat.application.port.in.RelayQuestion.Verbatim;
import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.trimming.Encoding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a relay asks: the same words of every model, or nothing. */
final class RelayInquiry implements Inquiry {
  /** So many chars are counted; what is longer has as many tokens in the rest as in these. */
  private static final int COUNTED = 1 << 20;

  private final Caller caller;
  private final Verbatim question;
  private final String id;
  private final TurnSettings settings;
  private final ModelCatalog catalog;
  private final TokenCounter tokens;
  private final Map<Encoding, Long> counts = new HashMap<>();

  RelayInquiry(Caller caller, Verbatim question, String id, Ports ports, TurnSettings settings) {
    this.caller = caller;
    this.question = question;
    this.id = id;
    this.settings = settings;
    this.catalog = ports.catalog();
    this.tokens = ports.tokens();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ModelId model() {
    return Objects.requireNonNullElse(question.model(), settings.model());
  }

  @Override
  public boolean reusable() {
    return question.reusable();
  }

  /** Those who word their questions themselves wait by themselves, too: they want to be told. */
  @Override
  public boolean persistent() {
    return false;
  }

  /** What it may take, by the model that is meant. */
  long cost() {
    return prompt(model()) + maxTokens();
  }

  /** Tokens of the prompt, by a model's own count where there is one. */
  long prompt(ModelId model) {
    return counts.computeIfAbsent(tokens.encodingOf(model), this::counted);
  }

  private long counted(Encoding encoding) {
    String text = question.readable();
    String begin = text.length() <= COUNTED ? text : text.substring(0, COUNTED);
    long counted = tokens.count(encoding, begin);
    return question.readableLength() <= begin.length()
        ? counted
        : Math.ceilDiv(counted * question.readableLength(), begin.length());
  }

  private int maxTokens() {
    return Objects.requireNonNullElse(question.maxTokens(), settings.maxTokens());
  }

  @Override
  public Wording wording(ModelId model, long room) {
    long prompt = prompt(model);
    long cost = prompt + maxTokens();
    long limit = Math.min(room, window(model));
    if (cost > limit) {
      throw new ChatException(new Failure.PromptTooLarge(cost, limit));
    }
    Question verbatim =
        new Question.Verbatim(
            model, question.words(), prompt, maxTokens(), question.inPieces(), caller.requestId());
    return new Wording(verbatim, cost, () -> {});
  }

  /**
   * What is known of a model's window: a guess may refuse what the provider would have answered,
   * and so may an estimate of the prompt. It knows better, and says so.
   */
  private long window(ModelId model) {
    boolean counted = tokens.encodingOf(model).exact();
    return catalog.models().stream()
        .filter(offered -> counted && offered.id().equals(model))
        .mapToLong(offered -> offered.contextWindow())
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** Nobody is told: what is passed on is the model's own words, and has no room for ours. */
  @Override
  public void queued(int position, Duration eta) {}
}
