package dev.groqchat.adapters.web.classic;

import dev.groqchat.domain.failure.ChatException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The four answers of {@code POST /chat}. Which one is meant is decided here and nowhere else. */
enum ClassicFormat {
  /** One JSON object, when the reply is whole. */
  JSON,
  /** Events of plain text. */
  RAW,
  /** Events of {@code {"content"}}. */
  CONTENT,
  /** Events of {@code {"type","content","request_id"}}. */
  EVENTS;

  private static final String ATTRIBUTE = ClassicFormat.class.getName();

  private static final Pattern TYPED_EVENTS = Pattern.compile("(?:^|&)format=events(?:&|$)");

  /**
   * What a request asks for: {@code ?format=} beats the body's {@code stream:false}, which beats
   * the rest; then a prompt is answered with typed events, and messages by Accept and {@code
   * ?stream}.
   */
  static ClassicFormat of(
      ChatBody body, @Nullable String format, @Nullable String stream, @Nullable String accept) {
    if (format != null) {
      return named(format);
    }
    if (Boolean.FALSE.equals(body.stream())) {
      return JSON;
    }
    if (body.isPrompt()) {
      return EVENTS;
    }
    boolean eventStream =
        accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
    return eventStream || "true".equals(stream) ? RAW : CONTENT;
  }

  /** Leaves a request's format with it, for errors. */
  void leaveWith(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** A request's format as far as it is known: of a body that was not read, nothing is. */
  static @Nullable ClassicFormat asked(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof ClassicFormat known) {
      return known;
    }
    String query = request.getQueryString();
    return query != null && TYPED_EVENTS.matcher(query).find() ? EVENTS : null;
  }

  private static ClassicFormat named(String format) {
    return switch (format) {
      case "json" -> JSON;
      case "raw" -> RAW;
      case "content" -> CONTENT;
      case "events" -> EVENTS;
      default ->
          throw ChatException.invalid("format", "format must be json, raw, content or events");
    };
  }
}
