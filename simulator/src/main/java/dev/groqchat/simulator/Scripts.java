package dev.groqchat.simulator;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Finds the script for a request: from code, from its header, from its last message. Thread-safe.
 */
final class Scripts {
  private final ConcurrentLinkedQueue<Script> queue = new ConcurrentLinkedQueue<>();
  private volatile Function<SeenRequest, Optional<Script>> rule = Scripts::none;

  void add(Script script) {
    queue.add(script);
  }

  void rule(Function<SeenRequest, Optional<Script>> function) {
    rule = function;
  }

  void clear() {
    queue.clear();
    rule = Scripts::none;
  }

  private static Optional<Script> none(SeenRequest request) {
    return Optional.empty();
  }

  /** The queue is for answers only: a look at the models must not take what was meant for one. */
  Script pick(SeenRequest request, boolean isChat) {
    if (isChat) {
      var queued = queue.poll();
      if (queued != null) return queued;
    }
    return rule.apply(request)
        .or(() -> request.header("X-Simulator").map(Script::of))
        .or(() ->
            isChat
                ? Directive.in(new ChatRequest(request.json()).question()).map(Script::of)
                : Optional.empty())
        .orElseGet(Script::demo);
  }
}
