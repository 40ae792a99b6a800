package dev.groqchat.adapters.web.nativeapi;

import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.turn.Timings;
import dev.groqchat.domain.turn.Turn;
import dev.groqchat.domain.turn.TurnState;
import dev.groqchat.domain.turn.Usage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A turn as the native API writes it. */
@Schema(name = "Turn")
record TurnJson(
    String id,
    String conversation,
    @Schema(allowableValues = {"queued", "running", "finished", "stopped", "failed"}) String status,
    String message,
    String text,
    String reasoning,
    String model,
    @Nullable String finishReason,
    @Nullable UsageJson usage,
    @Nullable TimingsJson timings,
    @Nullable ErrorJson error,
    @Nullable String retryOf,
    Instant createdAt,
    long lastSeq) {

  static TurnJson of(ReadTurn.View view) {
    Turn turn = view.turn();
    ModelId model = turn.model() == null ? turn.options().model() : turn.model();
    return new TurnJson(
        turn.id().toString(),
        turn.conversation().id().toString(),
        turn.state().word(),
        turn.question().message().text(),
        view.text(),
        view.reasoning(),
        model.value(),
        turn.state() instanceof TurnState.Finished end ? end.reason().word() : null,
        turn.state() instanceof TurnState.Finished end ? UsageJson.of(end.usage()) : null,
        turn.state() instanceof TurnState.Ended end ? TimingsJson.of(end.timings()) : null,
        turn.state() instanceof TurnState.Failed end ? ErrorJson.of(end.failure()) : null,
        turn.retryOf() == null ? null : turn.retryOf().toString(),
        turn.createdAt(),
        view.lastSeq());
  }

  /**
   * Tokens used.
   *
   * @param source {@code exact} if the provider said so, {@code estimated} if we counted
   */
  @Schema(name = "Usage")
  record UsageJson(
      long promptTokens,
      long completionTokens,
      long totalTokens,
      @Schema(allowableValues = {"exact", "estimated"}) String source) {
    static UsageJson of(Usage usage) {
      return new UsageJson(
          usage.promptTokens(),
          usage.completionTokens(),
          usage.totalTokens(),
          usage.exact() ? "exact" : "estimated");
    }
  }

  /** Where a turn's time went, in milliseconds. */
  @Schema(name = "Timings")
  record TimingsJson(
      double queueMs, @Nullable Double firstTokenMs, double totalMs, double overheadMs) {
    static TimingsJson of(Timings timings) {
      Duration first = timings.firstToken();
      return new TimingsJson(
          millis(timings.queue()),
          first == null ? null : millis(first),
          millis(timings.total()),
          millis(timings.overhead()));
    }

    /** Milliseconds, to the microsecond. */
    private static double millis(Duration duration) {
      return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
  }
}
