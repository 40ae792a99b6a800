package dev.groqchat.adapters.groq;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.application.port.out.TokenCounter;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.trimming.CountedMessage;
import dev.groqchat.domain.trimming.Encoding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says by how much a question is too large, once the provider has said that it is. */
final class PromptSize {
  /** Groq's 413; the limit is the minute's, which is what counts when a request is over it. */
  private static final Pattern PER_MINUTE =
      Pattern.compile("Limit (?<limit>\\d{1,12}),[^.]{0,60}?Requested (?<tokens>\\d{1,12})");

  /** OpenAI's words, which compatible providers repeat. */
  private static final Pattern WINDOW =
      Pattern.compile("context length is (?<limit>\\d{1,12}) tokens\\D{1,80}(?<tokens>\\d{1,12})");

  private final ModelCatalog catalog;
  private final TokenCounter counter;

  PromptSize(ModelCatalog catalog, TokenCounter counter) {
    this.catalog = catalog;
    this.counter = counter;
  }

  /** The provider's own numbers if it gives any, else ours. */
  Failure.PromptTooLarge tooLarge(ProviderError error, Question question) {
    Failure.PromptTooLarge told = told(PER_MINUTE, error.text());
    if (told == null) {
      told = told(WINDOW, error.text());
    }
    return told == null ? counted(question) : told;
  }

  private static Failure.@Nullable PromptTooLarge told(Pattern words, String text) {
    Matcher numbers = words.matcher(text);
    if (!numbers.find()) {
      return null;
    }
    long tokens = Long.parseLong(numbers.group("tokens"));
    long limit = Long.parseLong(numbers.group("limit"));
    return tokens > limit ? new Failure.PromptTooLarge(tokens, limit) : null;
  }

  /**
   * What we count, and the model's window; but less than we count where that would have fitted: the
   * provider has just shown that the model holds less.
   */
  private Failure.PromptTooLarge counted(Question question) {
    long prompt =
        switch (question) {
          case Question.Composed composed -> counted(composed);
          case Question.Verbatim verbatim -> verbatim.promptTokens();
        };
    long tokens = prompt + question.maxTokens();
    long window = catalog.describe(question.model()).contextWindow();
    return new Failure.PromptTooLarge(tokens, Math.min(window, tokens - 1));
  }

  private long counted(Question.Composed question) {
    Encoding encoding = counter.encodingOf(question.model());
    return question.messages().stream()
        .mapToLong(message -> counter.count(encoding, message.text()) + CountedMessage.OVERHEAD)
        .sum();
  }
}
