package dev.groqchat.bootstrap.traces;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.groqchat.application.port.out.ChatModel.Question;
import dev.groqchat.application.port.out.ReplyStream.Part;
import dev.groqchat.bootstrap.Words;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.turn.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One question to the model, from its asking to its reply's end, in the names of OpenTelemetry's
 * semantic conventions for generative AI (their status is "development"; these are the ones beside
 * version 1.41.1 of the conventions at large). Attributes that would hold what people wrote are
 * left out: messages, instructions, tools, and {@code gen_ai.conversation.id}, which clients
 * choose. So is {@code gen_ai.response.id}, which the port does not tell. For one thread, except
 * {@link #left()}.
 */
final class ChatSpan {
  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Boolean> STREAM = booleanKey("gen_ai.request.stream");
  static final AttributeKey<Double> TEMPERATURE = doubleKey("gen_ai.request.temperature");
  static final AttributeKey<Long> MAX_TOKENS = longKey("gen_ai.request.max_tokens");
  static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
  static final AttributeKey<List<String>> FINISH_REASONS =
      stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<String> SERVER = stringKey("server.address");
  static final AttributeKey<Long> PORT = longKey("server.port");
  static final AttributeKey<String> ERROR = stringKey("error.type");

  private final Span span;
  private final boolean inPieces;
  private final long begun = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private boolean any;

  private ChatSpan(Span span, boolean inPieces) {
    this.span = span;
    this.inPieces = inPieces;
  }

  /**
   * Begins.
   *
   * @param builder knows its parent, its name and what is the same for all questions
   */
  static ChatSpan begin(SpanBuilder builder, Question question) {
    boolean inPieces =
        switch (question) {
          case Question.Composed composed -> {
            temperature(builder, composed.temperature());
            yield true;
          }
          case Question.Verbatim verbatim -> verbatim.inPieces();
        };
    if (inPieces) {
      builder.setAttribute(STREAM, true);
    }
    builder.setAttribute(MAX_TOKENS, (long) question.maxTokens());
    return new ChatSpan(builder.startSpan(), inPieces);
  }

  private static void temperature(SpanBuilder builder, @Nullable Double temperature) {
    if (temperature != null) {
      builder.setAttribute(TEMPERATURE, temperature);
    }
  }

  /** A model answers. */
  void answeredBy(String model) {
    span.setAttribute(RESPONSE_MODEL, model);
  }

  /** Something of the reply has come, and its end perhaps. */
  void took(List<Part> parts) {
    if (!any && inPieces) {
      span.setAttribute(
          FIRST_CHUNK, (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1));
    }
    any = true;
    if (parts.getLast() instanceof Part.End(var reason, Usage usage)) {
      span.setAttribute(FINISH_REASONS, List.of(reason.word()));
      used(usage);
      left();
    }
  }

  private void used(@Nullable Usage usage) {
    if (usage != null) {
      span.setAttribute(INPUT_TOKENS, usage.promptTokens());
      span.setAttribute(OUTPUT_TOKENS, usage.completionTokens());
    }
  }

  /** There is no reply, or no more of it. */
  void failed(Failure failure) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(ERROR, Words.of(failure));
    left();
  }

  /** Nothing comes any more; nothing but that if it was over before. From any thread. */
  void left() {
    if (over.compareAndSet(false, true)) {
      span.end();
    }
  }
}
