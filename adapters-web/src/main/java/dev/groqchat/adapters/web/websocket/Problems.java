package dev.groqchat.adapters.web.websocket;

import dev.groqchat.adapters.web.problem.Problem;
import dev.groqchat.adapters.web.problem.Unreadable;
import dev.groqchat.application.port.in.Caller;
import dev.groqchat.domain.failure.ChatException;
import dev.groqchat.domain.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** What went wrong with a frame, in the words that all surfaces have for it. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The problem that an exception is; what it should not be is logged. */
  static Problem of(RuntimeException e, Caller caller) {
    return switch (e) {
      case ChatException known -> Problem.of(known.failure());
      case Overload overload -> overload.problem();
      case JacksonException unreadable -> Unreadable.problem("the frame", unreadable);
      default -> {
        LOG.error("a frame of request {} broke", caller.requestId(), e);
        yield Problem.of(new Failure.Internal());
      }
    };
  }

  /** A message was binary. */
  static Problem notText() {
    return Problem.of(new Failure.InvalidRequest("frame", "the frame must be text"));
  }
}
