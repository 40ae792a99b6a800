package dev.groqchat.adapters.socketio;

import dev.groqchat.domain.conversation.ConversationId;
import dev.groqchat.domain.failure.Failure;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The one place that puts everything into this surface's words. Thread-safe. */
final class Wording {
  private static final String SORRY = "Sorry, I encountered an error: ";

  private final InstantSource clock;
  private final DateTimeFormatter time;

  Wording(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.time = DateTimeFormatter.ofPattern("HH:mm").withZone(zone);
  }

  Event sessionId(ConversationId id) {
    return new Event("session_id", Map.of("session_id", id.value()));
  }

  Event botMessage(String text) {
    return new Event(
        "bot_message", Map.of("message", text, "timestamp", time.format(clock.instant())));
  }

  Event error(String message) {
    return new Event("error", Map.of("message", message));
  }

  /**
   * A failure: what the client did wrong is an {@code error}, all else the bot says itself. A
   * failure's detail is written for the person asking, and holds nothing of the provider's.
   */
  Event failure(Failure failure) {
    return switch (failure) {
      case Failure.InvalidRequest(var _, var rule) -> error(rule);
      case Failure.NotFound _ -> error("Session not found");
      case Failure.AlreadyExists _,
          Failure.KeyReused _,
          Failure.PromptTooLarge _,
          Failure.ModelRefused _,
          Failure.ModelUnavailable _,
          Failure.ModelBusy _,
          Failure.ModelOverloaded _,
          Failure.CircuitOpen _,
          Failure.RateLimited _,
          Failure.InstanceLost _,
          Failure.QuestionRefused _,
          Failure.ModelTimeout _,
          Failure.ReplyCut _,
          Failure.TooBusy _,
          Failure.ShuttingDown _,
          Failure.StoreUnavailable _,
          Failure.Internal _ ->
          botMessage(SORRY + failure.detail());
    };
  }
}
