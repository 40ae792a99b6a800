package dev.groqchat.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The errors that can be asked for, by name: a status, or a status and which of its forms. */
final class ErrorKinds {
  private static final Limits.Denial EXAMPLE_429 =
      new Limits.Denial(
          "tokens",
          "tokens per minute (TPM)",
          8_000,
          6_572,
          2_726,
          false,
          Duration.ofMillis(9_735),
          Duration.ofSeconds(1));
  private static final Limits.Denial EXAMPLE_413 =
      new Limits.Denial(
          "tokens",
          "tokens per minute (TPM)",
          8_000,
          0,
          8_277,
          true,
          Duration.ofMillis(2_077),
          Duration.ofSeconds(1));

  @FunctionalInterface
  private interface Maker {
    ErrorAnswer make(String model, Optional<Duration> retryAfter);
  }

  private static final Map<String, Maker> KINDS =
      Map.ofEntries(
          Map.entry(
              "400",
              (m, r) ->
                  ErrorAnswer.badRequest("property 'store' is unsupported, did you mean 'stop'?")),
          Map.entry(
              "400-context",
              (m, r) ->
                  ErrorAnswer.coded(
                      400,
                      "Please reduce the length of the messages or completion.",
                      "context_length_exceeded")),
          Map.entry(
              "400-decommissioned",
              (m, r) ->
                  ErrorAnswer.coded(
                      400,
                      "The model `"
                          + m
                          + "` has been decommissioned and is no longer supported. Please refer to https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
                      "model_decommissioned")),
          Map.entry(
              "400-tool",
              (m, r) ->
                  ErrorAnswer.coded(
                      400,
                      "Tool choice is required, but model did not call a tool",
                      "tool_use_failed")),
          Map.entry(
              "400-json",
              (m, r) ->
                  ErrorAnswer.coded(
                      400,
                      "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
                      "json_validate_failed")),
          Map.entry("401", (m, r) -> ErrorAnswer.invalidKey()),
          Map.entry(
              "402",
              (m, r) ->
                  ErrorAnswer.openRouter(
                      402,
                      "Insufficient credits. Add more using https://openrouter.ai/settings/credits")),
          Map.entry(
              "403",
              (m, r) ->
                  ErrorAnswer.json(
                      403,
                      "{\"error\":{\"message\":\"Access denied. Please check your network settings.\"}}")),
          Map.entry(
              "403-text",
              (m, r) ->
                  new ErrorAnswer(403, "text/plain; charset=UTF-8", "error code: 1010", Map.of())),
          Map.entry("403-html", (m, r) -> ErrorAnswer.cloudflare(403, "Access denied")),
          Map.entry("404", (m, r) -> ErrorAnswer.unknownModel(m)),
          Map.entry("408", (m, r) -> ErrorAnswer.openRouter(408, "Request timed out")),
          Map.entry("413", (m, r) -> ErrorAnswer.limited(m, EXAMPLE_413)),
          Map.entry(
              "429",
              (m, r) -> ErrorAnswer.limited(m, r.map(ErrorKinds::example).orElse(EXAMPLE_429))),
          Map.entry(
              "429-openrouter", (m, r) -> ErrorAnswer.openRouter(429, "Provider returned error")),
          Map.entry(
              "498",
              (m, r) ->
                  ErrorAnswer.of(
                      498,
                      "Flex tier capacity exceeded. Please try again later.",
                      "server_error",
                      "capacity_exceeded")),
          Map.entry(
              "500",
              (m, r) ->
                  ErrorAnswer.json(
                      500,
                      "{\"error\":{\"message\":\"Internal Server Error\",\"type\":\"internal_server_error\"}}")),
          Map.entry("502", (m, r) -> ErrorAnswer.cloudflare(502, "Bad gateway")),
          Map.entry("503", (m, r) -> ErrorAnswer.overCapacity(m)),
          Map.entry("504", (m, r) -> ErrorAnswer.cloudflare(504, "Gateway time-out")));

  static Set<String> names() {
    return new TreeSet<>(KINDS.keySet());
  }

  /** An error by name: its status, or one of several that have this status. */
  static ErrorAnswer answer(Fault.Refusal refusal, String model) {
    var maker = KINDS.get(refusal.kind());
    if (maker == null) throw new IllegalStateException(refusal.kind());
    return maker.make(model, refusal.retryAfter());
  }

  private static Limits.Denial example(Duration wait) {
    var e = EXAMPLE_429;
    return new Limits.Denial(
        e.type(), e.words(), e.limit(), e.used(), e.requested(), false, wait, e.second());
  }

  private ErrorKinds() {}
}
