package dev.groqchat.application.usecase;

import static java.util.Objects.requireNonNull;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a relay asks: the same words of every model, or nothing. */
final class RelayInquiry implements Inquiry {
  /** So many chars are counted; what is longer has as many tokens in the rest as in these. */
  private static final int COUNTED = 1 << 20;

  /** What is no longer is counted beforehand: that takes no time to speak of. */
  private static final int SHORT = 1 << 14;

  /** Hardly any text has more chars in a token. */
  private static final int MOST_IN_A_TOKEN = 8;

  private final Caller caller;
  private final String id;
  private final ModelId model;
  private final int maxTokens;
  private final boolean inPieces;
  private final boolean reusable;
  private final List<ModelId> fallbacks;
  private final ModelCatalog catalog;
  private final TokenCounter tokens;
  private final long readableLength;
  private final Map<Encoding, Long> counts = new HashMap<>();

  // Both may be long, and are held no longer than they are needed.
  private @Nullable String readable;
  private @Nullable String words;

  private long asked;

  RelayInquiry(Caller caller, Verbatim question, String id, Ports ports, TurnSettings settings) {
    this.caller = caller;
    this.id = id;
    this.model = Objects.requireNonNullElse(question.model(), settings.model());
    this.maxTokens = Objects.requireNonNullElse(question.maxTokens(), settings.maxTokens());
    this.inPieces = question.inPieces();
    this.reusable = question.reusable();
    this.readable = question.readable();
    this.readableLength = question.readableLength();
    this.words = question.words();
    this.fallbacks = settings.fallbacks();
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
    return model;
  }

  @Override
  public boolean reusable() {
    return reusable;
  }

  /** Those who word their questions themselves wait by themselves, too: they want to be told. */
  @Override
  public boolean persistent() {
    return false;
  }

  /** What it may take at least: the cost, or a guess where that would take time to tell. */
  long guess() {
    return readable == null || readableLength <= SHORT
        ? cost()
        : readableLength / MOST_IN_A_TOKEN + maxTokens;
  }

  /** What it may take, by the model that is meant. */
  long cost() {
    return prompt(model) + maxTokens;
  }

  /** Tokens of the prompt, by a model's own count where there is one. */
  long prompt(ModelId of) {
    if (readable != null) {
      count(readable);
      readable = null;
    }
    Long own = counts.get(tokens.encodingOf(of));
    // Who answers in place of whoever was asked has not been foreseen.
    return own == null ? requireNonNull(counts.get(tokens.encodingOf(model)), "counts") : own;
  }

  /** Counts for all who may be asked, once. */
  private void count(String text) {
    counts.computeIfAbsent(tokens.encodingOf(model), it -> counted(it, text));
    for (ModelId fallback : fallbacks) {
      counts.computeIfAbsent(tokens.encodingOf(fallback), it -> counted(it, text));
    }
  }

  private long counted(Encoding encoding, String text) {
    String begin = text.length() <= COUNTED ? text : text.substring(0, COUNTED);
    long counted = tokens.count(encoding, begin);
    return readableLength <= begin.length()
        ? counted
        : Math.ceilDiv(counted * readableLength, begin.length());
  }

  /** A model has begun to answer: nobody is asked any more. */
  void begun() {
    words = null;
  }

  /** Tokens of the prompt, once a model is asked that has not answered yet; else 0. */
  long asked() {
    return asked;
  }

  @Override
  public Wording wording(ModelId of, long room) {
    asked = 0;
    long prompt = prompt(of);
    long cost = prompt + maxTokens;
    long limit = Math.min(room, window(of));
    if (cost > limit) {
      throw new ChatException(new Failure.PromptTooLarge(cost, limit));
    }
    Question verbatim =
        new Question.Verbatim(
            of, requireNonNull(words, "words"), prompt, maxTokens, inPieces, caller.requestId());
    return new Wording(verbatim, cost, () -> asked = prompt);
  }

  /**
   * What is known of a model's window: a guess may refuse what the provider would have answered,
   * and so may an estimate of the prompt. It knows better, and says so.
   */
  private long window(ModelId of) {
    boolean counted = tokens.encodingOf(of).exact();
    return catalog.models().stream()
        .filter(offered -> counted && offered.id().equals(of))
        .mapToLong(offered -> offered.contextWindow())
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** Nobody is told: what is passed on is the model's own words, and has no room for ours. */
  @Override
  public void queued(int position, Duration eta) {}
}
