package dev.groqchat.adapters.web.nativeapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.domain.turn.NumberedEvent;
import dev.groqchat.domain.turn.TurnEvent;
import dev.groqchat.domain.turn.TurnId;
import org.jspecify.annotations.Nullable;

/**
 * An event's name and its data: the same in a stream of server-sent events and over a WebSocket.
 *
 * @param data what Jackson makes an object of
 */
public record EventJson(String name, Object data) {
  /** An event of a turn. */
  public static EventJson of(TurnId turn, NumberedEvent numbered) {
    long seq = numbered.seq();
    return switch (numbered.event()) {
      case TurnEvent.Queued it ->
          new EventJson("queued", new Queued(seq, it.position(), it.eta().toMillis()));
      case TurnEvent.Started it ->
          new EventJson(
              "started",
              new Started(
                  seq,
                  it.turn().toString(),
                  it.conversation().value(),
                  it.model().value(),
                  it.reuse() == null ? null : it.reuse().word()));
      case TurnEvent.Reasoning it -> new EventJson("reasoning", new Text(seq, it.text()));
      case TurnEvent.Delta it -> new EventJson("delta", new Text(seq, it.text()));
      case TurnEvent.Gap it -> new EventJson("gap", new Text(seq, it.text()));
      case TurnEvent.Finished it -> new EventJson("finished", Finished.of(seq, it));
      case TurnEvent.Stopped it ->
          new EventJson(
              "stopped",
              new StopJson(
                  turn.toString(), "stopped", seq, seq, it.textLength(), it.upstreamClosed()));
      case TurnEvent.Failed it ->
          new EventJson(
              "failed", new Failed(seq, ErrorJson.of(it.failure()), it.failure().retryable()));
    };
  }

  /** The answer to a stop. */
  public static EventJson of(StopTurn.Receipt receipt) {
    return new EventJson("stop", StopJson.of(receipt));
  }

  record Queued(long seq, int position, long etaMs) {}

  /**
   * The model answers.
   *
   * @param xCache hit, miss or joined; null, and absent, where no reply made before would have done
   */
  record Started(
      long seq,
      String turn,
      String conversation,
      String model,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String xCache) {}

  record Text(long seq, String text) {}

  record Failed(long seq, ErrorJson error, boolean retryable) {}

  record Finished(
      long seq,
      String reason,
      TurnJson.UsageJson usage,
      int textLength,
      String textSha256,
      TurnJson.TimingsJson timings) {
    static Finished of(long seq, TurnEvent.Finished event) {
      return new Finished(
          seq,
          event.reason().word(),
          TurnJson.UsageJson.of(event.usage()),
          event.digest().length(),
          event.digest().sha256(),
          TurnJson.TimingsJson.of(event.timings()));
    }
  }
}
