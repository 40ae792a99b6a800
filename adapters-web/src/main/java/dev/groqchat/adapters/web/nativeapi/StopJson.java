package dev.groqchat.adapters.web.nativeapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.groqchat.application.port.in.StopTurn;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a turn was stopped, as an event and as the answer to a stop.
 *
 * @param seq the event's number; null in an answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Receipt")
record StopJson(
    String turn,
    String status,
    @Nullable Long seq,
    long lastSeq,
    int textLength,
    boolean upstreamClosed) {

  static StopJson of(StopTurn.Receipt receipt) {
    return new StopJson(
        receipt.turn().toString(),
        receipt.status(),
        null,
        receipt.lastSeq(),
        receipt.textLength(),
        receipt.upstreamClosed());
  }
}
